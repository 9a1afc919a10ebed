package io.dataplane.packet;

import io.dataplane.base.Counter;
import io.dataplane.memory.FrameSlab;
import org.jspecify.annotations.Nullable;

/**
 * A worker's SkBuffs, all made beforehand; the one freed last is used next. Owned by that worker.
 */
public final class SkBuffPool {

  private final Cpu cpu;
  private final SkBuff[] free;
  private int count;
  private final Counter exhausted = new Counter();

  SkBuffPool(Cpu cpu, int capacity) {
    this.cpu = cpu;
    this.free = new SkBuff[capacity];
    for (int i = 0; i < capacity; i++) {
      free[count++] = new SkBuff(cpu);
    }
  }

  /**
   * Makes an empty packet ({@code alloc_skb}): {@code data == tail == 0}, {@code end} at the end of
   * its buffer, no device.
   *
   * @param size bytes of linear room needed, head room included, 0 .. {@link FrameSlab#BLOCK_SIZE};
   *     up to a frame's size it is backed by a frame, above by a block
   * @return the packet, or null where memory or SkBuffs are used up or {@code size} is out of range
   */
  public @Nullable SkBuff alloc(int size) {
    if (size < 0 || size > FrameSlab.BLOCK_SIZE) {
      return null;
    }
    SkBuff skb = take();
    if (skb == null) {
      return null;
    }
    int frame = size <= FrameSlab.FRAME_SIZE ? cpu.frames().alloc() : cpu.frames().allocBlock();
    if (frame == FrameSlab.NONE) {
      giveBack(skb);
      return null;
    }
    skb.init(frame);
    return skb;
  }

  /**
   * Wraps a received frame, with all behind it, into a packet ({@code build_skb}); no byte is
   * copied.
   *
   * @param frame head of the frame, which the packet owns if this succeeds
   * @param dev the device it came in by
   * @return the packet, or null where SkBuffs are used up or the chain has more than {@link
   *     SkBuff#MAX_FRAGS} buffers behind its head; the caller still owns the frame then
   */
  public @Nullable SkBuff adopt(int frame, SkbDev dev) {
    SkBuff skb = take();
    if (skb == null) {
      return null;
    }
    if (!skb.adopt(frame, dev)) {
      giveBack(skb);
      return null;
    }
    return skb;
  }

  @Nullable SkBuff take() {
    if (count == 0) {
      exhausted.increment();
      return null;
    }
    return free[--count];
  }

  void giveBack(SkBuff skb) {
    free[count++] = skb;
  }

  /**
   * SkBuffs not in use; exact on the owning thread, a moment old elsewhere.
   *
   * @return count
   */
  public int available() {
    return count;
  }

  /**
   * SkBuffs there are.
   *
   * @return count
   */
  public int capacity() {
    return free.length;
  }

  /**
   * How often one was asked for and none was free.
   *
   * @return counter
   */
  public Counter exhausted() {
    return exhausted;
  }
}
