package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import org.jspecify.annotations.Nullable;

/**
 * A transmit queue: one worker's way into a device. Each worker has its own, so nothing is locked.
 * Frames gather until {@link #flush}, which the worker calls once per poll ({@code xmit_more} and
 * {@code xdp_do_flush} of the kernel).
 */
public abstract class TxQueue {

  private final NetDevice dev;
  private final Cpu cpu;
  private final TxFlushList flushList;
  private final FrameTable table;
  private final QueueStats stats = new QueueStats();
  private boolean dirty;

  /**
   * Makes a worker's queue into a device.
   *
   * @param dev the device
   * @param ctx the worker's context
   */
  protected TxQueue(NetDevice dev, WorkerContext ctx) {
    this.dev = dev;
    this.cpu = ctx.cpu();
    this.flushList = ctx.flushList();
    this.table = cpu.memory().slab().table();
  }

  /**
   * Sends a packet that is in a form the device takes ({@code ndo_start_xmit}). Counts it.
   *
   * @param skb the packet; the queue owns it if this returns true
   * @return false where the ring is full
   */
  protected abstract boolean startXmit(SkBuff skb);

  /**
   * Sends a frame by index ({@code ndo_xdp_xmit}). Counts it.
   *
   * @param frame head of the frame, in a form the device takes; the queue owns it if this returns
   *     true
   * @return false where the ring is full
   */
  protected abstract boolean startXmitFrame(int frame);

  /**
   * Hands what has gathered to the host, as far as it takes it; the rest is dropped and counted.
   * Never blocks.
   */
  protected abstract void flush();

  /**
   * Takes back buffers whose transmission has ended.
   *
   * @return how many packets
   */
  public int reclaim() {
    return 0;
  }

  /**
   * Sends a packet or drops it with its reason. Owning worker only.
   *
   * @param skb a packet in a form the device takes; owned by the queue from here on
   */
  final void xmit(SkBuff skb) {
    if (startXmit(skb)) {
      markDirty();
      return;
    }
    flush();
    if (startXmit(skb)) {
      markDirty();
      return;
    }
    stats.drops().increment();
    skb.free(DropReason.FULL_RING);
  }

  /**
   * Sends a frame by index. Owning worker only.
   *
   * @param frame head of the frame; owned by the queue if this returns true
   * @return false where there is no room, or the device does not take the frame's form and it could
   *     not be changed
   */
  public final boolean xmitFrame(int frame) {
    boolean plain =
        (table.offload(frame) | table.vlan(frame)) == 0 && table.next(frame) == FrameSlab.NONE;
    if (!plain) {
      return xmitTransformed(frame);
    }
    if (!startXmitFrame(frame)) {
      flush();
      if (!startXmitFrame(frame)) {
        stats.drops().increment();
        return false;
      }
    }
    markDirty();
    return true;
  }

  /**
   * A frame with offloads or several buffers takes the packet's way, where it is segmented,
   * completed or made linear if the device wants that.
   */
  private boolean xmitTransformed(int frame) {
    SkBuff skb = cpu.skbs().adopt(frame, dev);
    if (skb == null) {
      return false;
    }
    DeviceXmit.queueXmit(skb, dev);
    return true;
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      flushList.add(this);
    }
  }

  final void flushDirty() {
    dirty = false;
    flush();
  }

  /**
   * Drops frames that have gathered, as the device stops. Owning worker only.
   *
   * @param reason why
   */
  public abstract void discard(DropReason reason);

  /**
   * The device.
   *
   * @return its device
   */
  public final NetDevice dev() {
    return dev;
  }

  /**
   * The worker.
   *
   * @return its per-CPU data
   */
  public final Cpu cpu() {
    return cpu;
  }

  /**
   * What went out.
   *
   * @return counters
   */
  public final QueueStats stats() {
    return stats;
  }

  /**
   * Frees a frame that could not be sent. Owning worker only.
   *
   * @param frame head of the frame
   * @param reason why
   */
  protected final void dropFrame(int frame, @Nullable DropReason reason) {
    if (reason != null) {
      cpu.drops().count(dev.ifindex(), reason);
    }
    cpu.frames().putChain(frame);
  }
}
