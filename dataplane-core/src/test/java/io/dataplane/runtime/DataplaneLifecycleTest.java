package io.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.device.VethDevice;
import io.dataplane.testing.StubDevice;
import io.dataplane.testing.TestFrames;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening, stopping and closing, against threads that run. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataplaneLifecycleTest {

  private static Dataplane dataplane() {
    return new Dataplane(DataplaneConfig.defaults().withMemory(256, 0));
  }

  /** The supervisor's task waits for the lock that closing holds. */
  @Test
  void closingDoesNotWaitForATaskThatWaitsForIt() throws Exception {
    for (int i = 0; i < 200; i++) {
      Dataplane dp = dataplane();
      StubDevice dev = new StubDevice("stub0", 1);
      dp.add(dev);
      dp.open(dev);
      dp.start();
      dev.vanish("a test says so");
      for (int spin = 0; spin < i * 100; spin++) {
        Thread.onSpinWait();
      }
      dp.close();
    }
  }

  @Test
  void anInterruptedThreadWaitsForTheWorkersAllTheSame() throws Exception {
    Dataplane dp = dataplane();
    List<String> order = new CopyOnWriteArrayList<>();
    StubDevice dev = new StubDevice("stub0", 1);
    dev.onStop(() -> order.add("stopped"));
    dp.add(dev);
    dp.open(dev);
    dp.start();
    CountDownLatch release = new CountDownLatch(1);
    dp.workers()
        .get(0)
        .execute(() -> {
          Uninterruptibly.run(release::await);
          order.add("round over");
        });
    Thread closer = Thread.currentThread();
    Thread releaser =
        new Thread(() -> {
          while (closer.getState() == Thread.State.RUNNABLE && order.isEmpty()) {
            Thread.onSpinWait();
          }
          release.countDown();
        });
    releaser.start();
    closer.interrupt();
    dp.close(dev);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(order).containsExactly("round over", "stopped");
    releaser.join();
    dp.close();
  }

  @Test
  void aDeviceThatTheWorkerCannotPollDoesNotStayOpen() {
    try (Dataplane dp = dataplane()) {
      StubDevice dev = new StubDevice("stub0", 1);
      dp.add(dev);
      dev.rx(0).eventFd(3); // its poller takes none
      dp.start();
      assertThatThrownBy(() -> dp.open(dev)).hasMessageContaining("no poller for descriptors");
      assertThat(dev.isUp()).isFalse();
    }
  }

  @Test
  void aClosedStackRefusesUse() {
    Dataplane dp = dataplane();
    StubDevice dev = new StubDevice("stub0", 1);
    dp.add(dev);
    dp.close();
    dp.close(); // no harm
    assertThatThrownBy(() -> dp.open(dev)).hasMessageContaining("closed");
    assertThatThrownBy(() -> dp.add(new StubDevice("stub1", 1))).hasMessageContaining("closed");
    assertThatThrownBy(dp::start).hasMessageContaining("closed");
    assertThatThrownBy(dp::runOnce).hasMessageContaining("closed");
  }

  @Test
  void underTestClosingThrowsWhereAFrameIsMissing() {
    Dataplane dp = dataplane();
    dp.workers().get(0).cpu().frames().alloc();
    assertThatThrownBy(dp::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 frames were not given back");
  }

  @Test
  void aFrameSentWhileItsReceiverStopsIsNotLeftBehind() throws Exception {
    try (Dataplane dp = dataplane()) {
      VethDevice.Pair pair =
          VethDevice.pair("a0", 0x0200_0000_0001L, "b0", 0x0200_0000_0002L, 1500, 64);
      dp.add(pair.a());
      dp.add(pair.b());
      dp.open(pair.a());
      dp.open(pair.b());
      var cpu = dp.workers().get(0).cpu();
      pair.a().xdpXmit(TestFrames.of(cpu, new byte[60]), 0);
      dp.close(pair.b());
      int late = TestFrames.of(cpu, new byte[60]);
      assertThat(pair.a().xdpXmit(late, 0)).isFalse();
      cpu.frames().put(late);
      dp.memory().leaks().requireNoneInUse();
    }
  }
}
