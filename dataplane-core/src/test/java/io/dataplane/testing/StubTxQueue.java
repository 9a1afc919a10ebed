package io.dataplane.testing;

import io.dataplane.base.DropReason;
import io.dataplane.device.NetDevice;
import io.dataplane.device.TxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.packet.SkBuff;
import java.util.ArrayList;
import java.util.List;

/** A transmit queue that keeps what it is given, as bytes, as far as it has room. */
public final class StubTxQueue extends TxQueue {

  private final List<byte[]> sent = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private int flushes;
  private int reclaims;

  StubTxQueue(NetDevice dev, WorkerContext ctx) {
    super(dev, ctx);
  }

  /** Lets it take so many frames more. */
  public void room(int frames) {
    room = frames;
  }

  @Override
  protected boolean startXmit(SkBuff skb) {
    if (room == 0) {
      return false;
    }
    room--;
    sent.add(TestFrames.read(skb));
    skb.consume();
    return true;
  }

  @Override
  protected boolean startXmitFrame(int frame) {
    if (room == 0) {
      return false;
    }
    room--;
    sent.add(TestFrames.read(cpu().memory(), frame));
    cpu().frames().putChain(frame);
    return true;
  }

  @Override
  protected void flush() {
    flushes++;
  }

  @Override
  public int reclaim() {
    reclaims++;
    return 0;
  }

  @Override
  public void discard(DropReason reason) {}

  /** What was sent, in order. */
  public List<byte[]> sent() {
    return sent;
  }

  /** How often it was flushed. */
  public int flushes() {
    return flushes;
  }

  /** How often it was reclaimed. */
  public int reclaims() {
    return reclaims;
  }
}
