package io.dataplane.runtime;

import io.dataplane.base.Checks;
import io.dataplane.base.DropReason;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.link.bridge.BridgePort;
import io.dataplane.memory.FrameMemory;
import io.dataplane.napi.Napi;
import io.dataplane.napi.PacketTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack: memory, workers, devices, bridges. The library's front door, which the daemon uses too.
 *
 * <pre>{@code
 * try (Dataplane dp = new Dataplane(DataplaneConfig.defaults())) {
 *   VethDevice.Pair left = VethDevice.pair("a0", 0x0200_0000_0010L, "a1", 0x0200_0000_0011L, 1500, 1024);
 *   ...
 *   dp.add(left.a()); dp.add(left.b()); ...
 *   Bridge bridge = dp.addBridge("br0", Bridge.FDB_ENTRIES_DEFAULT, 300_000);
 *   bridge.addPort(left.b()); ...
 *   dp.open(left.a()); ...
 *   dp.start();                      // or: while (dp.runOnce() > 0) {}  under a virtual clock
 * }
 * }</pre>
 *
 * <p>Methods may be called from any one thread at a time but a worker's; they wait for the workers
 * where they must.
 */
public final class Dataplane implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dataplane.class);
  private static final long REFRESH_PERIOD_NS = 1_000_000_000L;
  private static final long AGEING_PERIOD_MAX_NS = 10_000_000_000L;
  private static final int LEAKS_SHOWN_MAX = 20;

  private final DataplaneConfig config;
  private final FrameMemory memory;
  private final PacketTypes packetTypes = new PacketTypes();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CopyOnWriteArrayList<DeviceSlot> devices = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Bridge> bridges = new CopyOnWriteArrayList<>();
  private final ControlThread control;
  private final DeviceSupervisor supervisor;
  private int nextIfindex = 1;
  private int nextWorker;
  private boolean started;
  private boolean closed;

  /**
   * Builds a stack without devices; nothing runs yet.
   *
   * @param config what to build it with
   */
  public Dataplane(DataplaneConfig config) {
    this.config = config;
    this.memory = new FrameMemory(config.frames(), config.blocks(), config.workers());
    for (int i = 0; i < config.workers(); i++) {
      workers.add(
          new Worker(
              i, memory, config.clock(), config.poll(), config.pollers().get(), packetTypes));
    }
    this.control = new ControlThread(config.clock());
    this.supervisor = new DeviceSupervisor(this, control);
    control.every(REFRESH_PERIOD_NS, this::refreshDevices);
  }

  // ---------------------------------------------------------------- devices

  /**
   * Adds a device, down.
   *
   * @param dev a device of no stack yet
   * @return the device with its pollers
   * @throws IllegalArgumentException where its name is taken
   */
  public synchronized DeviceSlot add(NetDevice dev) {
    requireNotClosed();
    if (find(dev.name()).isPresent()) {
      throw new IllegalArgumentException("there is a device " + dev.name() + " already");
    }
    List<WorkerContext> contexts = workers.stream().map(Worker::context).toList();
    dev.bind(nextIfindex++, contexts, nextWorker, supervisor);
    DeviceSlot slot = new DeviceSlot(dev, List.of());
    devices.add(slot);
    nextWorker = (nextWorker + Math.max(1, dev.rxQueues().size())) % workers.size();
    return slot;
  }

  /**
   * Opens a device: from now on its frames are polled.
   *
   * @param dev a device of this stack
   * @throws DeviceException where the host refuses; the device is down then
   */
  public synchronized void open(NetDevice dev) throws DeviceException {
    if (dev.isUp()) {
      return;
    }
    requireNotClosed();
    DeviceSlot slot = withNapis(slotOf(dev));
    dev.open();
    try {
      for (Napi napi : slot.napis()) {
        Worker worker = workerOf(napi);
        onWorker(worker, () -> worker.enable(napi));
      }
    } catch (RuntimeException e) {
      close(dev);
      throw e;
    }
  }

  /**
   * The pollers are made when the device first opens, since a veth end has its queues only once its
   * peer is there.
   */
  private DeviceSlot withNapis(DeviceSlot slot) throws DeviceException {
    if (!slot.napis().isEmpty()) {
      return slot;
    }
    if (slot.dev().txQueueCount() < workers.size()) {
      throw new DeviceException(slot.dev().name() + ": its peer has not been added to the stack");
    }
    List<Napi> napis = new ArrayList<>();
    for (RxQueue queue : slot.dev().rxQueues()) {
      napis.add(workers.get(queue.cpu().id()).addQueue(queue));
    }
    DeviceSlot complete = new DeviceSlot(slot.dev(), napis);
    devices.set(devices.indexOf(slot), complete);
    return complete;
  }

  /**
   * Stops a device; frames that wait in it are dropped. Every worker first learns that the device
   * is down, so that nobody puts another frame into a queue that has been emptied.
   *
   * @param dev a device of this stack
   */
  public synchronized void close(NetDevice dev) {
    DeviceSlot slot = slotOf(dev);
    if (!dev.isUp()) {
      return;
    }
    dev.markDown();
    for (Worker worker : workers) {
      onWorker(worker, () -> dev.txQueue(worker.id()).discard(DropReason.DEV_GONE));
    }
    for (Napi napi : slot.napis()) {
      Worker worker = workerOf(napi);
      onWorker(worker, () -> worker.disable(napi));
    }
    dev.stop();
  }

  /**
   * Stops a device and takes it out of its bridge and of the stack.
   *
   * @param dev a device of this stack
   */
  public synchronized void remove(NetDevice dev) {
    DeviceSlot slot = slotOf(dev);
    for (Bridge bridge : bridges) {
      for (BridgePort port : bridge.portList()) {
        if (port.dev() == dev) {
          bridge.removePort(port);
        }
      }
    }
    close(dev);
    devices.remove(slotOf(dev));
    for (Napi napi : slot.napis()) {
      Worker worker = workerOf(napi);
      onWorker(worker, () -> worker.removeQueue(napi));
    }
  }

  private synchronized void refreshDevices() {
    for (DeviceSlot slot : devices) {
      slot.dev().refresh();
    }
  }

  private Worker workerOf(Napi napi) {
    return workers.get(napi.queue().cpu().id());
  }

  private DeviceSlot slotOf(NetDevice dev) {
    for (DeviceSlot slot : devices) {
      if (slot.dev() == dev) {
        return slot;
      }
    }
    throw new IllegalArgumentException("device " + dev.name() + " is not part of this stack");
  }

  boolean has(NetDevice dev) {
    return devices.stream().anyMatch(s -> s.dev() == dev);
  }

  /**
   * Finds a device.
   *
   * @param name its name
   * @return the device, if there is one
   */
  public Optional<NetDevice> find(String name) {
    return devices.stream().map(DeviceSlot::dev).filter(d -> d.name().equals(name)).findFirst();
  }

  /**
   * The devices.
   *
   * @return in the order they were added
   */
  public List<DeviceSlot> devices() {
    return List.copyOf(devices);
  }

  // ---------------------------------------------------------------- bridges

  /**
   * Adds a bridge without ports.
   *
   * @param name such as {@code br0}
   * @param fdbEntriesMax addresses it learns at most
   * @param ageingMs milliseconds after which a silent address is forgotten, 0 = never
   * @return the bridge
   * @throws IllegalArgumentException where the name is taken
   */
  public synchronized Bridge addBridge(String name, int fdbEntriesMax, long ageingMs) {
    if (bridges.stream().anyMatch(b -> b.name().equals(name))) {
      throw new IllegalArgumentException("there is a bridge " + name + " already");
    }
    Bridge bridge =
        new Bridge(name, config.clock(), workers.size(), fdbEntriesMax, ageingMs, config.seed());
    bridges.add(bridge);
    if (ageingMs > 0) {
      long periodNs = Math.min(AGEING_PERIOD_MAX_NS, ageingMs * 1_000_000 / 4 + 1);
      control.every(periodNs, bridge::age);
    }
    return bridge;
  }

  /**
   * The bridges.
   *
   * @return in the order they were added
   */
  public List<Bridge> bridges() {
    return List.copyOf(bridges);
  }

  // ---------------------------------------------------------------- running

  /** Starts the workers. */
  public synchronized void start() {
    requireNotClosed();
    if (started) {
      return;
    }
    started = true;
    for (Worker worker : workers) {
      threads.add(worker.start());
    }
    control.start();
  }

  /**
   * One round of every worker and of the control plane, on the calling thread; for stacks that are
   * not started.
   *
   * @return how much was done; 0 = nothing
   */
  public int runOnce() {
    requireNotClosed();
    if (started) {
      throw new IllegalStateException("the workers run by themselves");
    }
    control.step(config.clock().nanoTime());
    int work = 0;
    for (Worker worker : workers) {
      work += worker.runOnce(config.clock().nanoTime());
    }
    return work;
  }

  /**
   * Stops the workers, stops every device and gives the memory back. Frames still held are said in
   * the log, and under test thrown.
   */
  @Override
  public void close() {
    control.stop(); // without the lock, which one of its tasks may be waiting for
    synchronized (this) {
      if (!closed) {
        closed = true;
        stopAll();
      }
    }
  }

  private void requireNotClosed() {
    if (closed) {
      throw new IllegalStateException("the stack is closed, its memory given back");
    }
  }

  private void stopAll() {
    for (DeviceSlot slot : devices) {
      close(slot.dev());
    }
    workers.forEach(Worker::stop);
    for (Thread t : threads) {
      Uninterruptibly.run(t::join);
    }
    for (Worker worker : workers) {
      worker.cpu().frames().drainReturns();
      worker.poller().close();
    }
    List<String> leaks = memory.leaks().inUse();
    memory.close();
    if (!leaks.isEmpty()) {
      List<String> some = leaks.subList(0, Math.min(leaks.size(), LEAKS_SHOWN_MAX));
      LOG.error("{} frames were not given back, such as {}", leaks.size(), some);
      if (Checks.STRICT) {
        throw new IllegalStateException(leaks.size() + " frames were not given back: " + some);
      }
    }
  }

  /**
   * Runs something on a worker and waits for it; directly where no thread runs the worker. What it
   * throws is thrown here. An interrupt does not end the wait, since what follows relies on it.
   */
  private void onWorker(Worker worker, Runnable task) {
    if (!started || worker.isOwnThread()) {
      task.run();
      return;
    }
    FutureTask<@Nullable Void> future = new FutureTask<>(task, null);
    while (!worker.execute(future)) {
      Thread.onSpinWait(); // its inbox is full: it is being emptied
    }
    try {
      Uninterruptibly.run(future::get);
    } catch (ExecutionException e) {
      throw new IllegalStateException("worker " + worker.id() + ": " + e.getCause(), e.getCause());
    }
  }

  /**
   * The workers.
   *
   * @return by number
   */
  public List<Worker> workers() {
    return List.copyOf(workers);
  }

  /**
   * The frames.
   *
   * @return the memory of all workers
   */
  public FrameMemory memory() {
    return memory;
  }

  /**
   * The protocols, for layers that register themselves.
   *
   * @return the registry
   */
  public PacketTypes packetTypes() {
    return packetTypes;
  }

  /**
   * What the stack was built with.
   *
   * @return its configuration
   */
  public DataplaneConfig config() {
    return config;
  }
}
