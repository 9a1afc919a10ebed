package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.dataplane.base.DropReason;
import io.dataplane.device.RxQueue;
import io.dataplane.drivers.Await;
import io.dataplane.drivers.RawFrames;
import io.dataplane.drivers.nativeio.PacketSocket;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Long floods, and too little memory for them. */
@Timeout(120)
class TapLoadTest {

  private static final int FRAMES = 200_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void forwardingAllocatesNothingForAFrame(TapIo io) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().both(c -> c.withIo(io)).start();
        RawLoad load = RawLoad.flood(hosts.left(), hosts.right(), 60)) {
      long worker = workerThread();
      load.awaitFrames(2 * FRAMES); // until it is compiled
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long before = THREADS.getThreadAllocatedBytes(worker);
        load.awaitFrames(FRAMES);
        best = Math.min(best, THREADS.getThreadAllocatedBytes(worker) - before);
      }

      // Less than a byte a frame: nothing is made for each, nor for each poll of 64.
      assertThat(best).isLessThan(FRAMES / 64);
    }
  }

  private static long workerThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("dataplane-worker-0"))
        .mapToLong(Thread::threadId)
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"SYSCALL,64,2", "URING,64,2", "URING,128,0", "AUTO,200,40"})
  void withTooLittleMemoryFramesAreLostButNothingElse(TapIo io, int frames, int blocks)
      throws Exception {
    try (TwoHosts hosts = TwoHosts.with().memory(frames, blocks).both(c -> c.withIo(io)).start()) {
      try (RawLoad load = RawLoad.flood(hosts.left(), hosts.right(), 1000)) {
        load.awaitFrames(20_000);
      }
      try (PacketSocket left = hosts.left().packets();
          PacketSocket right = hosts.right().packets()) {
        byte[] last = RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, 77, 77);
        Await.until(
            "frames cross again",
            () -> {
              left.send(last);
              return right.receiveAll(RawFrames.TYPE_TEST).stream().anyMatch(f -> f.length == 77);
            });
      }
      hosts.awaitPing();
    }
  }

  @Test
  void withoutBlocksLargePacketsAreLostAndCountedAndTheRestGoesOn() throws Exception {
    try (TwoHosts hosts = TwoHosts.with().memory(256, 0).both(c -> c.withMtu(9000)).start();
        PacketSocket left = hosts.left().packets()) {
      for (int i = 0; i < 20; i++) {
        left.send(RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, 9000, i));
      }
      Await.until("they are counted", () -> hosts.left().drops(DropReason.NOMEM) == 20);
      hosts.awaitPing();
    }
  }

  @Test
  void flowsSpreadOverTheQueuesOfTwoWorkers() throws Exception {
    try (TwoHosts hosts = TwoHosts.with().workers(2).both(c -> c.withQueues(2)).start()) {
      hosts.awaitPing();
      for (int i = 0; i < 12; i++) {
        Transfer.tcp(hosts.left(), hosts.right(), hosts.right().address(), 1 << 20);
        Transfer.tcp(hosts.right(), hosts.left(), hosts.left().address(), 1 << 20);
      }
      for (TapHost host : new TapHost[] {hosts.left(), hosts.right()}) {
        for (RxQueue queue : host.device().rxQueues()) {
          assertThat(queue.stats().packets().get()).as("queue %d", queue.index()).isPositive();
        }
        assertThat(host.device().rxQueues().get(0).cpu())
            .isNotSameAs(host.device().rxQueues().get(1).cpu());
      }
    }
  }
}
