package io.dataplane.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One worker's drops by device and reason. The worker counts, any thread reads; {@link
 * #ensureDevice} makes room when a device appears, before the first packet of it is seen.
 */
public final class DropCounters {

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int REASONS = DropReason.count();

  private volatile long[] counts = new long[8 * REASONS];

  /**
   * Counts one dropped packet. Owning worker only.
   *
   * @param ifindex the device it was charged to; 0 where none is known
   * @param reason why
   */
  public void count(int ifindex, DropReason reason) {
    count(ifindex, reason, 1);
  }

  /**
   * Counts dropped packets. Owning worker only.
   *
   * @param ifindex the device they were charged to; 0 where none is known
   * @param reason why
   * @param n how many
   */
  public void count(int ifindex, DropReason reason, long n) {
    long[] c = counts;
    int at = ifindex * REASONS + reason.ordinal();
    if (at >= c.length) {
      at = reason.ordinal(); // a device nobody announced: charged to "no device" rather than lost
    }
    ELEMENT.setOpaque(c, at, c[at] + n);
  }

  /**
   * Makes room for a device. On the owning worker's thread, or before it starts.
   *
   * @param ifindex the device's index
   */
  public void ensureDevice(int ifindex) {
    long[] c = counts;
    if ((ifindex + 1) * REASONS > c.length) {
      long[] larger = new long[Integer.highestOneBit(ifindex + 1) * 2 * REASONS];
      System.arraycopy(c, 0, larger, 0, c.length);
      counts = larger;
    }
  }

  /**
   * Reads a count from any thread.
   *
   * @param ifindex the device; 0 for drops charged to none
   * @param reason which reason
   * @return packets dropped so far
   */
  public long get(int ifindex, DropReason reason) {
    long[] c = counts;
    int at = ifindex * REASONS + reason.ordinal();
    return at < c.length ? (long) ELEMENT.getOpaque(c, at) : 0;
  }
}
