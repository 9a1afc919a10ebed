package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.memory.Offload;
import io.dataplane.packet.Cpu;
import io.dataplane.testing.StubDevice;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A faulty queue keeps the promises of the queue behind it. */
class FaultyQueueTest {

  private final FrameMemory memory = new FrameMemory(256, 8, 1);
  private final Cpu cpu = new Cpu(0, memory, 64);
  private final StubDevice inner = new StubDevice("stub0", 1);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void everyFrameIsBack() {
    memory.leaks().requireNoneInUse();
    memory.close();
  }

  private FaultyDevice bound(FaultPlan in, FaultPlan out) throws DeviceException {
    FaultyDevice dev = new FaultyDevice(inner, in, out, 1);
    DeviceListener listener =
        new DeviceListener() {
          @Override
          public void deviceFailed(NetDevice d, String why) {
            told.add(d.name() + " failed: " + why);
          }

          @Override
          public void deviceChanged(NetDevice d, String what) {
            told.add(d.name() + ": " + what);
          }
        };
    dev.bind(3, List.of(new WorkerContext(cpu, new TxFlushList())), 0, listener);
    dev.open();
    return dev;
  }

  private static FaultPlan late(long ns) {
    return FaultPlan.none().with(Fault.DELAY, 1).withDelayNs(ns);
  }

  @Test
  void aQueueWithADescriptorStaysOneAndAsksForAPollWhileItHoldsFrames() throws Exception {
    FaultyDevice dev = bound(late(100), FaultPlan.none());
    inner.rx(0).eventFd(17);
    RxQueue queue = dev.rxQueues().get(0);
    assertThat(queue.eventFd()).isEqualTo(17);
    int[] frames = new int[4];
    inner.rx(0).arrive(1);
    assertThat(queue.receive(frames, 4)).isZero();
    assertThat(queue.backlog()).isEqualTo(1);
    assertThat(queue.rearm()).isTrue();
    cpu.nowNs(100);
    assertThat(queue.receive(frames, 4)).isEqualTo(1);
    assertThat(queue.rearm()).isFalse();
    cpu.frames().put(frames[0]);
  }

  @Test
  void aNotifierIsToldOfFramesAndOfHeldTransmissions() throws Exception {
    FaultyDevice dev = bound(FaultPlan.none(), late(100));
    RxQueue queue = dev.rxQueues().get(0);
    assertThat(queue.eventFd()).isEqualTo(RxQueue.NO_FD);
    int[] calls = {0};
    queue.notifier(() -> calls[0]++);
    inner.rx(0).arriveAndAnnounce(1);
    assertThat(calls[0]).isEqualTo(1);
    assertThat(queue.rearm()).isTrue();
    int[] frames = new int[4];
    assertThat(queue.receive(frames, 4)).isEqualTo(1);
    cpu.frames().put(frames[0]);

    assertThat(dev.xdpXmit(TestFrames.of(cpu, new byte[60]), 0)).isTrue();
    assertThat(calls[0]).isEqualTo(2);
    assertThat(queue.rearm()).isTrue();
    cpu.nowNs(100);
    queue.receive(frames, 4);
    assertThat(inner.txQueue(0).sent()).hasSize(1);
    assertThat(queue.rearm()).isFalse();
  }

  @Test
  void neverHandsOutMoreThanAskedForAndLosesNoDuplicate() throws Exception {
    FaultyDevice dev = bound(FaultPlan.none().with(Fault.DUPLICATE, 1), FaultPlan.none());
    RxQueue queue = dev.rxQueues().get(0);
    inner.rx(0).arrive(20);
    int[] frames = new int[8];
    int total = 0;
    for (int n = queue.receive(frames, 7); n > 0; n = queue.receive(frames, 7)) {
      assertThat(n).isLessThanOrEqualTo(7);
      for (int i = 0; i < n; i++) {
        cpu.frames().put(frames[i]);
      }
      total += n;
    }
    assertThat(total).isEqualTo(40);
    assertThat(queue.stats().packets().get()).isEqualTo(40);
    assertThat(queue.rearm()).isFalse();
  }

  @Test
  void aFrameInSeveralBuffersIsDuplicatedWithAllOfThem() throws Exception {
    FaultyDevice dev = bound(FaultPlan.none(), FaultPlan.none().with(Fault.DUPLICATE, 1));
    FrameTable table = memory.slab().table();
    int head = TestFrames.of(cpu, TestFrames.bytes(1L << 41, 1L << 41, 100, 5));
    int block = cpu.frames().allocBlock();
    table.reset(block, 0, 5000);
    long at = FrameSlab.offsetOf(block);
    memory.slab().data().asSlice(at, 5000).fill((byte) 0x5a);
    table.next(head, block);
    assertThat(dev.xdpXmit(head, 0)).isTrue();
    assertThat(inner.txQueue(0).sent()).hasSize(2);
    assertThat(inner.txQueue(0).sent().get(0)).hasSize(5100);
    assertThat(inner.txQueue(0).sent().get(1)).isEqualTo(inner.txQueue(0).sent().get(0));
  }

  @Test
  void aTruncatedFrameHasNeitherFragmentsNorOffloadsLeft() throws Exception {
    FaultyDevice dev = bound(FaultPlan.none().with(Fault.TRUNCATE, 1), FaultPlan.none());
    FrameTable table = memory.slab().table();
    inner.rx(0).arrive(1);
    RxQueue queue = dev.rxQueues().get(0);
    int[] frames = new int[1];
    inner
        .rx(0)
        .describe(f -> {
          int block = cpu.frames().allocBlock();
          table.reset(block, 0, 5000);
          table.next(f, block);
          table.offload(f, Offload.of(Offload.CSUM_PARTIAL, 34, 16, Offload.GSO_TCPV4, 1448));
        });
    assertThat(queue.receive(frames, 1)).isEqualTo(1);
    assertThat(table.next(frames[0])).isEqualTo(FrameSlab.NONE);
    assertThat(table.offload(frames[0])).isZero();
    assertThat(table.length(frames[0])).isLessThan(60);
    cpu.frames().putChain(frames[0]);
  }

  @Test
  void passesOnWhatTheDeviceBehindItNotices() throws Exception {
    FaultyDevice dev = bound(FaultPlan.none(), FaultPlan.none());
    inner.rename("stub1");
    assertThat(dev.name()).isEqualTo("stub1");
    inner.vanish("the cable was cut");
    assertThat(told).contains("stub1: renamed from stub0", "stub1 failed: the cable was cut");
    dev.setMtu(9000);
    dev.setMac(0x0200_0000_0099L);
    assertThat(inner.mtu()).isEqualTo(9000);
    assertThat(inner.mac()).isEqualTo(0x0200_0000_0099L);
    dev.markDown();
    assertThat(inner.isUp()).isFalse();
    assertThat(dev.detail()).isEqualTo("stub");
  }
}
