package io.dataplane.daemon.run;

import io.dataplane.base.Clock;
import io.dataplane.base.Counter;
import io.dataplane.base.MacAddress;
import io.dataplane.daemon.view.BridgeView;
import io.dataplane.daemon.view.BridgeView.PortView;
import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.FdbEntryView;
import io.dataplane.daemon.view.WorkerView;
import io.dataplane.daemon.view.WorkerView.PoolView;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.link.bridge.BridgePort;
import io.dataplane.memory.FramePool;
import io.dataplane.packet.SkBuffPool;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Turns the stack's counters into what listings show. Reads only; any thread. */
final class StackViews {

  private static final double NANOSECONDS_A_SECOND = 1e9;
  private static final double MILLISECONDS_A_SECOND = 1e3;

  /** Over how long a worker is watched to tell how busy it is now. */
  private static final long SAMPLE_MS = 100;

  private final Dataplane dataplane;
  private final Clock clock;

  StackViews(Dataplane dataplane, Clock clock) {
    this.dataplane = dataplane;
    this.clock = clock;
  }

  // ---------------------------------------------------------------- workers

  /** Every worker; takes {@value #SAMPLE_MS} ms. */
  List<WorkerView> workers() {
    List<Worker> workers = dataplane.workers();
    long[] busyNs = workers.stream().mapToLong(w -> w.stats().busyNs().get()).toArray();
    long startNs = clock.nanoTime();
    sleep();
    double elapsedNs = Math.max(1, clock.nanoTime() - startNs);
    List<WorkerView> views = new ArrayList<>();
    for (Worker worker : workers) {
      long spentNs = worker.stats().busyNs().get() - busyNs[worker.id()];
      views.add(worker(worker, Math.min(1, spentNs / elapsedNs)));
    }
    return views;
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the share is then of a shorter moment
    }
  }

  private WorkerView worker(Worker worker, double busyShare) {
    return new WorkerView(
        worker.id(),
        queuesOf(worker),
        busyShare,
        worker.stats().busyNs().get() / NANOSECONDS_A_SECOND,
        worker.stats().sleepNs().get() / NANOSECONDS_A_SECOND,
        worker.stats().sleeps().get(),
        worker.stats().loops().get(),
        worker.softNet().rounds().get(),
        worker.softNet().processed().get(),
        worker.softNet().timeSqueeze().get(),
        worker.stats().inboxRuns().get(),
        worker.stats().failures().get(),
        pools(worker));
  }

  private List<String> queuesOf(Worker worker) {
    return dataplane.devices().stream()
        .flatMap(slot -> slot.dev().rxQueues().stream())
        .filter(queue -> queue.cpu() == worker.cpu())
        .map(queue -> queue.dev().name() + "/" + queue.index())
        .toList();
  }

  private static List<PoolView> pools(Worker worker) {
    FramePool frames = worker.cpu().frames();
    SkBuffPool skbs = worker.cpu().skbs();
    return List.of(
        pool("frames", frames.freeFrames(), frames.frameCapacity(), frames.frameExhausted()),
        pool("blocks", frames.freeBlocks(), frames.blockCapacity(), frames.blockExhausted()),
        pool("skbs", skbs.available(), skbs.capacity(), skbs.exhausted()));
  }

  private static PoolView pool(String name, int free, int capacity, Counter exhausted) {
    return new PoolView(name, free, capacity, exhausted.get());
  }

  // ---------------------------------------------------------------- devices and bridges

  /** Every device. */
  List<DeviceView> devices() {
    return dataplane.devices().stream().map(slot -> DeviceViews.of(slot, dataplane)).toList();
  }

  /** Every bridge. */
  List<BridgeView> bridges() {
    return dataplane.bridges().stream().map(StackViews::bridge).toList();
  }

  private static BridgeView bridge(Bridge bridge) {
    return new BridgeView(
        bridge.name(),
        bridge.portList().stream().map(StackViews::port).toList(),
        bridge.fdbCount(),
        bridge.fdbEntriesMax(),
        bridge.ageingMs() / MILLISECONDS_A_SECOND,
        bridge.forwarded(),
        bridge.flooded(),
        bridge.learned(),
        bridge.moved(),
        bridge.aged(),
        bridge.tableFull(),
        bridge.staticViolations());
  }

  private static PortView port(BridgePort port) {
    return new PortView(
        port.number(), port.dev().name(), port.state().name().toLowerCase(Locale.ROOT));
  }

  /** Every address of a bridge. */
  static Stream<FdbEntryView> fdb(Bridge bridge) {
    return bridge.fdb().stream()
        .map(entry ->
            new FdbEntryView(
                bridge.name(),
                MacAddress.format(entry.mac()),
                entry.vlan(),
                entry.port(),
                entry.isStatic() ? "static" : "learned",
                entry.ageNs() / NANOSECONDS_A_SECOND));
  }

  /** The stack's bridges themselves. */
  List<Bridge> stackBridges() {
    return dataplane.bridges();
  }
}
