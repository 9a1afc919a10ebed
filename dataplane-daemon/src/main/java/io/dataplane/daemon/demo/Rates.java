package io.dataplane.daemon.demo;

import io.dataplane.base.Clock;
import io.dataplane.base.DropReason;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.Worker;
import java.util.ArrayList;
import java.util.List;

/** What the counters say of the time between two looks. */
final class Rates {

  private static final double NANOSECONDS_A_SECOND = 1e9;

  private final Dataplane dataplane;
  private final List<String> ports;
  private final Clock clock = Clock.system();
  private Counts last;

  Rates(Dataplane dataplane, List<String> ports) {
    this.dataplane = dataplane;
    this.ports = ports;
    this.last = count();
  }

  /** All counters at a time. */
  private record Counts(long timeNs, long busyNs, List<PortCounts> ports) {}

  private record PortCounts(long rxFrames, long rxBytes, long txFrames, long txBytes, long drops) {}

  /**
   * A port's rates.
   *
   * @param name the device
   * @param inFrames frames a second, received
   * @param inBits bits a second, received
   * @param outFrames frames a second, sent
   * @param outBits bits a second, sent
   * @param drops packets dropped since the start
   */
  record Port(
      String name, double inFrames, double inBits, double outFrames, double outBits, long drops) {}

  /**
   * Everything between two looks.
   *
   * @param ports the ports
   * @param busyShare of the busiest moment's worker, 0 to 1
   */
  record Sample(List<Port> ports, double busyShare) {}

  /** Rates since the last call. */
  Sample sample() {
    Counts now = count();
    double seconds = Math.max(1, now.timeNs() - last.timeNs()) / NANOSECONDS_A_SECOND;
    List<Port> rates = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      PortCounts a = last.ports().get(i);
      PortCounts b = now.ports().get(i);
      rates.add(
          new Port(
              ports.get(i),
              (b.rxFrames() - a.rxFrames()) / seconds,
              8 * (b.rxBytes() - a.rxBytes()) / seconds,
              (b.txFrames() - a.txFrames()) / seconds,
              8 * (b.txBytes() - a.txBytes()) / seconds,
              b.drops()));
    }
    double busy = (now.busyNs() - last.busyNs()) / NANOSECONDS_A_SECOND / seconds;
    last = now;
    return new Sample(rates, Math.min(1, busy));
  }

  private Counts count() {
    long busyNs = dataplane.workers().stream().mapToLong(w -> w.stats().busyNs().get()).sum();
    return new Counts(clock.nanoTime(), busyNs, ports.stream().map(this::port).toList());
  }

  private PortCounts port(String name) {
    NetDevice dev = dataplane.find(name).orElseThrow();
    long rxFrames = 0;
    long rxBytes = 0;
    for (RxQueue queue : dev.rxQueues()) {
      rxFrames += queue.stats().packets().get();
      rxBytes += queue.stats().bytes().get();
    }
    long txFrames = 0;
    long txBytes = 0;
    for (int i = 0; i < dev.txQueueCount(); i++) {
      txFrames += dev.txQueue(i).stats().packets().get();
      txBytes += dev.txQueue(i).stats().bytes().get();
    }
    return new PortCounts(rxFrames, rxBytes, txFrames, txBytes, drops(dev));
  }

  private long drops(NetDevice dev) {
    long drops = 0;
    for (Worker worker : dataplane.workers()) {
      for (DropReason reason : DropReason.values()) {
        drops += worker.cpu().drops().get(dev.ifindex(), reason);
      }
    }
    return drops;
  }
}
