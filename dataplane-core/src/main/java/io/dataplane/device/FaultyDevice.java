package io.dataplane.device;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device in front of another that loses, duplicates, reorders, corrupts, cuts and delays its
 * frames, for tests and chaos runs. The stack sees this device only; the other one is bound, opened
 * and stopped with it and must not be added to a stack itself.
 *
 * <p>What happens is decided by a seed: the same frames at the same times meet the same faults.
 * Time is that of the worker's round. A frame that is dropped here is counted as {@code
 * FAULT_INJECTED}. Frames held back for later count as waiting: the worker polls on until they are
 * due, and the device drops them when it stops. A worker that polls no receive queue of this device
 * has nobody to come back for a held frame; what it sends is neither delayed nor reordered.
 */
public final class FaultyDevice extends NetDevice {

  private final NetDevice inner;
  private final FaultPlan receivePlan;
  private final FaultPlan transmitPlan;
  private final long seed;
  private final List<RxQueue> rx = new ArrayList<>();
  private List<WorkerContext> workers = List.of();
  private volatile FaultyTxQueue[] tx = new FaultyTxQueue[0];

  /**
   * Puts faults in front of a device.
   *
   * @param inner a device of no stack; the faulty one takes its name, address and MTU
   * @param receivePlan what happens to frames that come in
   * @param transmitPlan what happens to frames that go out
   * @param seed any number
   */
  public FaultyDevice(NetDevice inner, FaultPlan receivePlan, FaultPlan transmitPlan, long seed) {
    super(inner.name(), inner.mac(), inner.mtu());
    this.inner = inner;
    this.receivePlan = receivePlan;
    this.transmitPlan = transmitPlan;
    this.seed = seed;
    takeOver();
  }

  /** Takes over what the inner device says of itself. */
  private void takeOver() {
    features(inner.features());
    carrier(inner.hasCarrier());
    observeMtu(inner.mtu());
    observeMac(inner.mac());
    renamed(inner.name());
  }

  @Override
  protected void onBind(List<WorkerContext> contexts, int firstWorker) {
    workers = contexts;
    inner.bind(ifindex(), contexts, firstWorker, new Relay());
    for (RxQueue queue : inner.rxQueues()) {
      rx.add(new FaultyRxQueue(this, queue, receivePlan, seed + 2L * queue.index()));
    }
    connect();
  }

  /** Makes the transmit queues once the inner device has its own. Control plane. */
  private synchronized void connect() {
    if (tx.length == 0 && inner.txQueueCount() != 0) {
      FaultyTxQueue[] made = new FaultyTxQueue[inner.txQueueCount()];
      for (int cpu = 0; cpu < made.length; cpu++) {
        made[cpu] =
            new FaultyTxQueue(
                this,
                workers.get(cpu),
                inner.txQueue(cpu),
                wakerOf(cpu),
                transmitPlan,
                seed + 2L * cpu + 1);
      }
      tx = made;
    }
  }

  private @Nullable FaultyRxQueue wakerOf(int cpu) {
    for (RxQueue queue : rx) {
      if (queue.cpu().id() == cpu) {
        return (FaultyRxQueue) queue;
      }
    }
    return null;
  }

  @Override
  protected void onOpen() throws DeviceException {
    inner.open();
    takeOver();
  }

  @Override
  protected void onDown() {
    inner.markDown();
  }

  @Override
  protected void onStop() {
    inner.stop();
  }

  @Override
  protected void onSetMac(long mac) throws DeviceException {
    inner.setMac(mac);
  }

  @Override
  protected void onSetMtu(int mtu) throws DeviceException {
    inner.setMtu(mtu);
  }

  @Override
  public List<RxQueue> rxQueues() {
    return List.copyOf(rx);
  }

  @Override
  public FaultyTxQueue txQueue(int cpu) {
    return tx[cpu];
  }

  @Override
  public int txQueueCount() {
    if (tx.length == 0) {
      connect(); // a veth end has its queues only once its peer is there
    }
    return tx.length;
  }

  /**
   * How often a fault happened to frames that came in.
   *
   * @param fault which
   * @return frames
   */
  public long injectedOnReceive(Fault fault) {
    long n = 0;
    for (RxQueue queue : rx) {
      n += ((FaultyRxQueue) queue).faults().injected(fault).get();
    }
    return n;
  }

  /**
   * How often a fault happened to frames that went out.
   *
   * @param fault which
   * @return frames
   */
  public long injectedOnTransmit(Fault fault) {
    long n = 0;
    for (FaultyTxQueue queue : tx) {
      n += queue.faults().injected(fault).get();
    }
    return n;
  }

  @Override
  public String driver() {
    return "faulty";
  }

  @Override
  public String detail() {
    return inner.driver() + (inner.detail().isEmpty() ? "" : ", " + inner.detail());
  }

  /** Passes on what the inner device notices. */
  private final class Relay implements DeviceListener {
    @Override
    public void deviceFailed(NetDevice dev, String why) {
      failed(why);
    }

    @Override
    public void deviceChanged(NetDevice dev, String what) {
      takeOver();
      changed(what);
    }
  }
}
