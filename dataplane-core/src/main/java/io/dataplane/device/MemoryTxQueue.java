package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.SkBuff;

/**
 * The transmit end of an in-memory device: frames go by index into the ring of a {@link
 * MemoryRxQueue}.
 */
final class MemoryTxQueue extends TxQueue {

  private final MemoryRxQueue peer;
  private final FrameTable table;
  private long packets;
  private long bytes;

  MemoryTxQueue(NetDevice dev, WorkerContext ctx, MemoryRxQueue peer) {
    super(dev, ctx);
    this.peer = peer;
    this.table = ctx.cpu().memory().slab().table();
  }

  @Override
  protected boolean startXmit(SkBuff skb) {
    if (!peer.dev().isUp() || isFull()) {
      return false;
    }
    int length = skb.len();
    int frame = skb.detach();
    if (frame == FrameSlab.NONE) {
      skb.free(DropReason.NOMEM);
      return true;
    }
    peer.offer(frame);
    packets++;
    bytes += length;
    return true;
  }

  @Override
  protected boolean startXmitFrame(int frame) {
    if (!peer.dev().isUp() || !peer.offer(frame)) {
      return false;
    }
    packets++;
    bytes += table.totalLength(frame);
    return true;
  }

  private boolean isFull() {
    return !peer.ring().hasRoom();
  }

  @Override
  protected void flush() {
    if (packets != 0) {
      stats().packets().add(packets);
      stats().bytes().add(bytes);
      packets = 0;
      bytes = 0;
      peer.announce();
    }
  }

  @Override
  public void discard(DropReason reason) {
    flush(); // what has been offered belongs to the peer
  }
}
