package io.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.device.CrossedCable;
import io.dataplane.device.Fault;
import io.dataplane.device.FaultPlan;
import io.dataplane.device.FaultyDevice;
import io.dataplane.device.NetDevice;
import io.dataplane.device.TxQueue;
import io.dataplane.device.VethDevice;
import io.dataplane.link.bridge.Bridge;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several workers on threads of their own. Closing the stack throws where a frame is missing. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MultiWorkerTest {

  private static final int FRAMES = 1_000_000;
  private static final int WINDOW = 256; // a fourth of a ring: two flows share each

  private Dataplane dataplane(int workers, PollMode mode) {
    return new Dataplane(
        DataplaneConfig.defaults()
            .withWorkers(workers)
            .withMemory(16_384, 16 * workers)
            .withPoll(PollConfig.defaults(mode)));
  }

  /** Left host, left port, right port, right host. */
  private static List<NetDevice> cables(boolean crossed) {
    List<NetDevice> ends = new ArrayList<>();
    if (crossed) {
      ends.addAll(CrossedCable.pair("h0", WorkerHosts.mac(0), "p0", WorkerHosts.mac(2)));
      ends.addAll(CrossedCable.pair("p1", WorkerHosts.mac(3), "h1", WorkerHosts.mac(1)));
      return ends;
    }
    VethDevice.Pair left =
        VethDevice.pair("h0", WorkerHosts.mac(0), "p0", WorkerHosts.mac(2), 1500, 1024);
    VethDevice.Pair right =
        VethDevice.pair("p1", WorkerHosts.mac(3), "h1", WorkerHosts.mac(1), 1500, 1024);
    ends.addAll(List.of(left.a(), left.b(), right.a(), right.b()));
    return ends;
  }

  private static void bridge(Dataplane dp, List<NetDevice> ends) throws Exception {
    for (NetDevice end : ends) {
      dp.add(end);
    }
    Bridge bridge = dp.addBridge("br0", 100, 300_000);
    bridge.addPort(ends.get(1));
    bridge.addPort(ends.get(2));
    for (NetDevice end : ends) {
      dp.open(end);
    }
  }

  private static void awaitAll(WorkerHosts hosts) {
    while (!hosts.flows().stream().allMatch(WorkerHosts.Flow::isComplete)) {
      LockSupport.parkNanos(100_000);
    }
  }

  @ParameterizedTest(name = "{0} workers, crossed {1}")
  @CsvSource({"2,false", "4,false", "2,true", "4,true"})
  void aMillionFramesArriveInOrderAndComeHome(int workers, boolean crossed) throws Exception {
    List<NetDevice> ends = cables(crossed);
    Dataplane dp = dataplane(workers, PollMode.ADAPTIVE);
    bridge(dp, ends);
    int each = FRAMES / (2 * workers);
    WorkerHosts hosts = new WorkerHosts(dp, ends.get(0), ends.get(3), each, WINDOW);
    dp.start();
    hosts.start();
    awaitAll(hosts);
    dp.close();

    assertThat(hosts.received()).isEqualTo((long) each * 2 * workers);
    for (WorkerHosts.Flow flow : hosts.flows()) {
      assertThat(flow.outOfOrder.get()).as("flow %d", flow.id).isZero();
      // Two cables on the way: with two workers the frame is home again when it arrives.
      long away = crossed && workers == 4 ? each : 0;
      assertThat(flow.foreign.get()).as("flow %d", flow.id).isEqualTo(away);
    }
    for (NetDevice end : ends) {
      for (int cpu = 0; cpu < workers; cpu++) {
        TxQueue queue = end.txQueue(cpu);
        assertThat(queue.stats().drops().get()).as("drops of %s", end).isZero();
      }
    }
    assertEveryFrameIsHome(dp);
  }

  private static void assertEveryFrameIsHome(Dataplane dp) {
    for (Worker worker : dp.workers()) {
      assertThat(worker.stats().failures().get()).isZero();
      assertThat(worker.cpu().frames().freeFrames())
          .isEqualTo(worker.cpu().frames().frameCapacity());
      assertThat(worker.cpu().frames().misuses().get()).isZero();
      assertThat(worker.cpu().skbs().available()).isEqualTo(worker.cpu().skbs().capacity());
    }
  }

  @ParameterizedTest
  @EnumSource(PollMode.class)
  void aStackClosesUnderTraffic(PollMode mode) throws Exception {
    for (int i = 0; i < 20; i++) {
      List<NetDevice> ends = cables(i % 2 == 0);
      Dataplane dp = dataplane(2, mode);
      bridge(dp, ends);
      int unlimited = Integer.MAX_VALUE;
      WorkerHosts hosts = new WorkerHosts(dp, ends.get(0), ends.get(3), unlimited, unlimited);
      dp.start();
      hosts.start();
      while (hosts.received() < 1000) {
        Thread.onSpinWait();
      }
      dp.close();
      assertEveryFrameIsHome(dp);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void devicesOpenAndCloseUnderTraffic(long seed) throws Exception {
    List<NetDevice> ends = cables(true);
    Dataplane dp = dataplane(2, PollMode.ADAPTIVE);
    bridge(dp, ends);
    int unlimited = Integer.MAX_VALUE;
    WorkerHosts hosts = new WorkerHosts(dp, ends.get(0), ends.get(3), unlimited, unlimited);
    dp.start();
    hosts.start();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      NetDevice end = ends.get(random.nextInt(4));
      dp.close(end);
      if (random.nextBoolean()) {
        dp.close(ends.get(random.nextInt(4)));
      }
      for (NetDevice e : ends) {
        dp.open(e);
      }
    }
    long before = hosts.received();
    while (hosts.received() < before + 10_000) {
      Thread.onSpinWait(); // traffic flows again
    }
    dp.close();
    assertEveryFrameIsHome(dp);
  }

  @Test
  void devicesAndPortsComeAndGoUnderTraffic() throws Exception {
    List<NetDevice> ends = cables(false);
    Dataplane dp = dataplane(2, PollMode.ADAPTIVE);
    bridge(dp, ends);
    Bridge bridge = dp.bridges().get(0);
    int unlimited = Integer.MAX_VALUE;
    WorkerHosts hosts = new WorkerHosts(dp, ends.get(0), ends.get(3), unlimited, unlimited);
    dp.start();
    hosts.start();
    for (int i = 0; i < 50; i++) {
      VethDevice.Pair more =
          VethDevice.pair("x" + i, 0x0200_0001_0000L + i, "y" + i, 0x0200_0002_0000L + i, 1500, 64);
      dp.add(more.a());
      bridge.addPort(more.a()); // before its peer is there
      bridge.flush(bridge.portList().get(0)); // what is unknown is flooded to it
      dp.add(more.b());
      dp.open(more.a());
      dp.open(more.b());
      bridge.flush(bridge.portList().get(1));
      dp.remove(more.a());
      dp.remove(more.b());
    }
    assertThat(bridge.portList()).hasSize(2);
    dp.close();
    assertEveryFrameIsHome(dp);
  }

  @Test
  void aStackWithFaultyCablesLosesNoBuffer() throws Exception {
    FaultPlan chaos = FaultPlan.none();
    for (Fault fault : Fault.values()) {
      chaos = chaos.with(fault, 0.05);
    }
    List<NetDevice> ends = cables(false);
    ends.set(1, new FaultyDevice(ends.get(1), chaos, chaos, 11));
    ends.set(2, new FaultyDevice(ends.get(2), chaos.withDelayNs(3_000_000), chaos, 12));
    Dataplane dp = dataplane(2, PollMode.ADAPTIVE);
    bridge(dp, ends);
    int unlimited = Integer.MAX_VALUE;
    WorkerHosts hosts = new WorkerHosts(dp, ends.get(0), ends.get(3), unlimited, unlimited);
    dp.start();
    hosts.start();
    for (int i = 1; i <= 20; i++) {
      while (hosts.received() < 10_000L * i) {
        Thread.onSpinWait();
      }
      dp.close(ends.get(1 + i % 2));
      dp.open(ends.get(1 + i % 2));
    }
    dp.close();
    assertEveryFrameIsHome(dp);
  }
}
