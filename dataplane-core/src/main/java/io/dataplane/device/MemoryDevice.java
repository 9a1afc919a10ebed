package io.dataplane.device;

import io.dataplane.packet.offload.NetFeatures;
import java.util.ArrayList;
import java.util.List;

/**
 * A device whose other end is in this process. It has a queue each way for each worker, and worker
 * {@code i} polls receive queue {@code i}, so that a flow stays on its worker and a ring has one
 * producer.
 */
abstract class MemoryDevice extends NetDevice {

  /** Every form is fine between two ends that never serialize a packet. */
  private static final long FEATURES =
      NetFeatures.SG
          | NetFeatures.HW_CSUM
          | NetFeatures.TSO
          | NetFeatures.TSO6
          | NetFeatures.TSO_ECN
          | NetFeatures.GSO_UDP_L4
          | NetFeatures.RXCSUM;

  private final int ringFrames;
  private final List<RxQueue> rx = new ArrayList<>();
  private final List<MemoryTxQueue> tx = new ArrayList<>();
  private List<WorkerContext> workers = List.of();

  MemoryDevice(String name, long mac, int mtu, int ringFrames) {
    super(name, mac, mtu);
    this.ringFrames = ringFrames;
    features(FEATURES);
  }

  /** The device at the other end. */
  abstract MemoryDevice peer();

  @Override
  protected final void onBind(List<WorkerContext> contexts, int firstWorker) {
    workers = contexts;
    for (WorkerContext ctx : contexts) {
      rx.add(new MemoryRxQueue(this, ctx.cpu().id(), ringFrames, ctx.cpu()));
    }
    connect();
    peer().connect(); // of a loopback it is the same, and done
  }

  /** Makes the transmit queues once both ends have their receive queues. */
  private void connect() {
    if (!tx.isEmpty() || workers.isEmpty() || peer().rx.isEmpty()) {
      return;
    }
    for (WorkerContext ctx : workers) {
      tx.add(new MemoryTxQueue(this, ctx, (MemoryRxQueue) peer().rx.get(ctx.cpu().id())));
    }
  }

  @Override
  protected void onOpen() throws DeviceException {
    if (tx.isEmpty()) {
      throw new DeviceException(
          name() + ": its peer " + peer().name() + " has not been added to the stack");
    }
  }

  @Override
  protected void onStop() {}

  @Override
  public final List<RxQueue> rxQueues() {
    return List.copyOf(rx);
  }

  @Override
  public final TxQueue txQueue(int cpu) {
    return tx.get(cpu);
  }

  @Override
  public final int txQueueCount() {
    return tx.size();
  }
}
