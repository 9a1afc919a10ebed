package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;

/** A receive queue behind a {@link FaultyDevice}'s receive faults. */
final class FaultyRxQueue extends RxQueue {

  private static final int BATCH = 64;

  private final RxQueue inner;
  private final FaultyDevice faulty;
  private final FaultInjector faults;
  private final FrameTable table;
  private final int[] batch = new int[BATCH];

  FaultyRxQueue(FaultyDevice dev, RxQueue inner, FaultPlan plan, long seed) {
    super(dev, inner.index(), inner.cpu());
    this.inner = inner;
    this.faulty = dev;
    this.faults = new FaultInjector(inner.cpu(), dev, stats(), plan, seed, 1);
    this.table = inner.cpu().memory().slab().table();
    inner.notifier(this::notifyArrival);
  }

  FaultInjector faults() {
    return faults;
  }

  /** Has the queue polled, since its worker's transmit queue holds frames for later. */
  void announceHeldTransmissions() {
    notifyArrival();
  }

  @Override
  public int receive(int[] frames, int max) {
    FaultyTxQueue tx = faulty.txQueue(cpu().id());
    if (tx.faults().heldCount() != 0) {
      tx.sendDue();
    }
    faults.release();
    int taken = 0;
    boolean more = true;
    while (more && taken < max && faults.readyCount() < max) {
      int asked = Math.min(BATCH, max - Math.max(taken, faults.readyCount()));
      int n = inner.receive(batch, asked);
      for (int i = 0; i < n; i++) {
        faults.pass(batch[i], true);
      }
      taken += n;
      more = n == asked;
    }
    return handOver(frames, max);
  }

  private int handOver(int[] frames, int max) {
    int n = 0;
    long bytes = 0;
    while (n < max && faults.readyCount() != 0) {
      int frame = faults.poll();
      bytes += table.next(frame) == FrameSlab.NONE ? table.length(frame) : table.totalLength(frame);
      frames[n++] = frame;
    }
    stats().packets().add(n);
    stats().bytes().add(bytes);
    return n;
  }

  /** Frames held back count as waiting, so that the worker does not sleep over them. */
  @Override
  public boolean rearm() {
    boolean waiting = inner.rearm();
    return waiting
        || faults.readyCount() + faults.heldCount() != 0
        || faulty.txQueue(cpu().id()).faults().heldCount() != 0;
  }

  @Override
  public void discard() {
    faults.dropAll(DropReason.DEV_GONE);
    inner.discard();
  }

  @Override
  public int eventFd() {
    return inner.eventFd();
  }

  @Override
  public int backlog() {
    return inner.backlog() + faults.readyCount() + faults.heldCount();
  }
}
