package io.dataplane.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded ring of frame indices from one thread to one other. Nothing is lost in it: a full ring
 * refuses, and the producer still owns what was refused. What a producer wrote to a frame before it
 * offered it is seen by the consumer that got it.
 *
 * <p>The two ends live on cache lines of their own (two lines apart, because adjacent-line prefetch
 * couples pairs), and each end keeps a stale copy of the other's position, so that the shared lines
 * move once per batch instead of once per frame.
 */
public final class FrameRing extends FrameRingConsumerPad {

  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(FrameRingConsumer.class, "head", long.class);
      TAIL = lookup.findVarHandle(FrameRingProducer.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int[] slots;
  private final int mask;

  /**
   * Makes an empty ring.
   *
   * @param capacity frames it holds, 2 .. 2^24, rounded up to a power of two
   */
  public FrameRing(int capacity) {
    if (capacity < 2 || capacity > 1 << 24) {
      throw new IllegalArgumentException("ring capacity " + capacity + " (2..16777216)");
    }
    int size = Integer.highestOneBit(capacity - 1) << 1;
    this.slots = new int[size];
    this.mask = size - 1;
  }

  /**
   * Appends one frame. Producer only.
   *
   * @param frame the frame; the ring owns it if this returns true
   * @return false where the ring is full
   */
  public boolean offer(int frame) {
    long t = tail;
    if (t - headSeen > mask) {
      headSeen = (long) HEAD.getAcquire(this);
      if (t - headSeen > mask) {
        return false;
      }
    }
    slots[(int) t & mask] = frame;
    TAIL.setRelease(this, t + 1);
    return true;
  }

  /**
   * Whether one more frame fits. Producer only, for whom a true answer stays true until it offers.
   *
   * @return true where {@link #offer(int)} would succeed
   */
  public boolean hasRoom() {
    if (tail - headSeen > mask) {
      headSeen = (long) HEAD.getAcquire(this);
    }
    return tail - headSeen <= mask;
  }

  /**
   * Appends frames up to the first that has no room. Producer only.
   *
   * @param frames source
   * @param from first index
   * @param count how many
   * @return how many went in, from the front
   */
  public int offer(int[] frames, int from, int count) {
    long t = tail;
    if (t + count - headSeen > slots.length) {
      headSeen = (long) HEAD.getAcquire(this);
    }
    int n = (int) Math.min(count, slots.length - (t - headSeen));
    for (int i = 0; i < n; i++) {
      slots[(int) (t + i) & mask] = frames[from + i];
    }
    TAIL.setRelease(this, t + n);
    return n;
  }

  /**
   * Takes the oldest frame. Consumer only.
   *
   * @return the frame, or {@link FrameSlab#NONE} where the ring is empty
   */
  public int poll() {
    long h = head;
    if (h == tailSeen) {
      tailSeen = (long) TAIL.getAcquire(this);
      if (h == tailSeen) {
        return FrameSlab.NONE;
      }
    }
    int frame = slots[(int) h & mask];
    HEAD.setRelease(this, h + 1);
    return frame;
  }

  /**
   * Takes up to {@code max} of the oldest frames. Consumer only.
   *
   * @param frames where to put them, from index 0
   * @param max at most this many
   * @return how many were taken
   */
  public int poll(int[] frames, int max) {
    long h = head;
    if (tailSeen - h < max) {
      tailSeen = (long) TAIL.getAcquire(this);
    }
    int n = (int) Math.min(max, tailSeen - h);
    for (int i = 0; i < n; i++) {
      frames[i] = slots[(int) (h + i) & mask];
    }
    HEAD.setRelease(this, h + n);
    return n;
  }

  /**
   * How many frames are in the ring. Any thread; a moment old unless called by both ends' one
   * thread.
   *
   * @return 0 .. {@link #capacity()}
   */
  public int size() {
    long h = (long) HEAD.getAcquire(this);
    long t = (long) TAIL.getAcquire(this);
    return (int) Math.max(0, Math.min(t - h, slots.length));
  }

  /**
   * Whether nothing is in the ring, for the consumer's re-arm check.
   *
   * @return true where empty
   */
  public boolean isEmpty() {
    return size() == 0;
  }

  /**
   * How many frames fit.
   *
   * @return a power of two
   */
  public int capacity() {
    return slots.length;
  }
}
