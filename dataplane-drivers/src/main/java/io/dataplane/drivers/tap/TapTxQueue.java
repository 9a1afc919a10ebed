package io.dataplane.drivers.tap;

import io.dataplane.base.DropReason;
import io.dataplane.device.TxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.packet.SkBuff;
import org.jspecify.annotations.Nullable;

/**
 * A worker's way into a TAP device: gathers up to a poll's worth of frames and writes them in one
 * go.
 */
final class TapTxQueue extends TxQueue {

  private final TapDevice tap;
  private final TapTxBatch batch;
  private final int[] results = new int[TapTxBatch.FRAMES_MAX];
  private @Nullable TapWriter writer;

  TapTxQueue(TapDevice tap, WorkerContext ctx) {
    super(tap, ctx);
    this.tap = tap;
    this.batch = new TapTxBatch(ctx.cpu());
  }

  /** Control plane, while no worker sends. */
  void attach(TapWriter to) {
    writer = to;
  }

  /** Control plane, when no worker sends any more. */
  void detach() {
    TapWriter w = writer;
    writer = null;
    if (w != null) {
      w.close();
    }
  }

  @Override
  protected boolean startXmit(SkBuff skb) {
    if (batch.isFull()) {
      return false;
    }
    batch.add(skb);
    return true;
  }

  @Override
  protected boolean startXmitFrame(int frame) {
    if (batch.isFull()) {
      return false;
    }
    batch.add(frame);
    return true;
  }

  @Override
  protected void flush() {
    int count = batch.count();
    TapWriter w = writer;
    if (count == 0) {
      return;
    }
    if (w == null) {
      discard(DropReason.DEV_GONE);
      return;
    }
    w.write(batch, results);
    long bytes = 0;
    int sent = 0;
    for (int i = 0; i < count; i++) {
      if (results[i] >= 0) {
        sent++;
        bytes += batch.frameLength(i);
      } else {
        refused(-results[i]);
      }
    }
    stats().packets().add(sent);
    stats().bytes().add(bytes);
    batch.clear();
  }

  private void refused(int errno) {
    DropReason reason =
        switch (errno) {
          case Errno.EIO, Errno.ENETDOWN -> DropReason.DEV_READY; // the host has set it down
          case Errno.EAGAIN, Errno.ENOBUFS, Errno.ENOMEM -> DropReason.FULL_RING;
          case Errno.EBADFD, Errno.EBADF -> DropReason.DEV_GONE;
          default -> DropReason.TX_ERROR;
        };
    if (reason == DropReason.TX_ERROR) {
      stats().errors().increment();
    } else {
      stats().drops().increment();
    }
    cpu().drops().count(tap.ifindex(), reason);
    if (reason == DropReason.DEV_GONE) {
      tap.lost(errno);
    }
  }

  @Override
  public void discard(DropReason reason) {
    if (batch.count() > 0) {
      stats().drops().add(batch.count());
      cpu().drops().count(tap.ifindex(), reason, batch.count());
      batch.clear();
    }
  }
}
