package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import org.jspecify.annotations.Nullable;

/** A transmit queue in front of which a {@link FaultyDevice}'s transmit faults happen. */
final class FaultyTxQueue extends TxQueue {

  private final TxQueue inner;
  private final @Nullable FaultyRxQueue waker;
  private final FaultInjector faults;
  private final FrameTable table;
  private boolean refusesAgain;

  /**
   * Makes a worker's queue.
   *
   * @param dev the device
   * @param ctx the worker's context
   * @param inner the queue that sends
   * @param waker a receive queue of the device that the same worker polls, which is how frames held
   *     for later are remembered; without one none is held
   * @param plan how often what happens
   * @param seed the same seed and frames give the same faults
   */
  FaultyTxQueue(
      FaultyDevice dev,
      WorkerContext ctx,
      TxQueue inner,
      @Nullable FaultyRxQueue waker,
      FaultPlan plan,
      long seed) {
    super(dev, ctx);
    this.inner = inner;
    this.waker = waker;
    this.faults = new FaultInjector(ctx.cpu(), dev, stats(), plan, seed, Ethernet.HEADER_LENGTH);
    this.table = ctx.cpu().memory().slab().table();
  }

  FaultInjector faults() {
    return faults;
  }

  @Override
  protected boolean startXmit(SkBuff skb) {
    if (isFull()) {
      return false;
    }
    if (faults.isIdle()) {
      int length = skb.len();
      return counted(inner.startXmit(skb), length);
    }
    int frame = skb.detach();
    if (frame == FrameSlab.NONE) {
      skb.free(DropReason.NOMEM);
    } else {
      pass(frame);
    }
    return true;
  }

  @Override
  protected boolean startXmitFrame(int frame) {
    if (isFull()) {
      return false;
    }
    if (faults.isIdle()) {
      int length = table.totalLength(frame);
      return counted(inner.startXmitFrame(frame), length);
    }
    pass(frame);
    return true;
  }

  /** A full ring is full at the second attempt too, which follows at once. */
  private boolean isFull() {
    if (refusesAgain) {
      refusesAgain = false;
      return true;
    }
    refusesAgain = faults.strikes(Fault.FULL_RING);
    return refusesAgain;
  }

  private boolean counted(boolean sent, int length) {
    if (sent) {
      stats().packets().increment();
      stats().bytes().add(length);
    }
    return sent;
  }

  private void pass(int frame) {
    boolean wasHeld = faults.heldCount() != 0;
    faults.pass(frame, waker != null);
    sendReady();
    if (!wasHeld && faults.heldCount() != 0 && waker != null) {
      waker.announceHeldTransmissions();
    }
  }

  /** Sends what was held until now; the worker's receive queue calls it. */
  void sendDue() {
    faults.release();
    if (faults.readyCount() != 0) {
      sendReady();
      inner.flush();
    }
  }

  private void sendReady() {
    for (int f = faults.poll(); f != FrameSlab.NONE; f = faults.poll()) {
      int length = table.totalLength(f);
      if ((table.offload(f) | table.vlan(f)) != 0 || table.next(f) != FrameSlab.NONE) {
        sendPacket(f, length);
      } else if (!counted(inner.startXmitFrame(f), length)) {
        inner.flush();
        if (!counted(inner.startXmitFrame(f), length)) {
          stats().drops().increment();
          dropFrame(f, DropReason.FULL_RING);
        }
      }
    }
  }

  /** The packet's way in, for what is more than a plain frame. */
  private void sendPacket(int frame, int length) {
    SkBuff skb = cpu().skbs().adopt(frame, dev());
    if (skb == null) {
      stats().drops().increment();
      dropFrame(frame, DropReason.NOMEM);
      return;
    }
    if (!counted(inner.startXmit(skb), length)) {
      inner.flush();
      if (!counted(inner.startXmit(skb), length)) {
        stats().drops().increment();
        skb.free(DropReason.FULL_RING);
      }
    }
  }

  @Override
  protected void flush() {
    inner.flush();
  }

  @Override
  public int reclaim() {
    return inner.reclaim();
  }

  @Override
  public void discard(DropReason reason) {
    faults.dropAll(reason);
    inner.discard(reason);
  }
}
