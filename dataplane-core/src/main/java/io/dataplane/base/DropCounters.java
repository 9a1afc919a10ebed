package io.dataplane.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * One worker's drops by device and reason. The worker counts, any thread reads; {@link
 * #ensureDevice} makes room when a device appears, before the first packet of it is seen. A
 * device's row stays where it is, so that a worker may count while room is made.
 */
public final class DropCounters {

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int REASONS = DropReason.count();

  private volatile long[][] rows = new long[8][REASONS];

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
    long[][] all = rows;
    // A device nobody announced is charged to "no device" rather than lost.
    long[] row = all[ifindex < all.length ? ifindex : 0];
    int at = reason.ordinal();
    ELEMENT.setOpaque(row, at, row[at] + n);
  }

  /**
   * Makes room for a device. Control plane.
   *
   * @param ifindex the device's index
   */
  public synchronized void ensureDevice(int ifindex) {
    long[][] old = rows;
    if (ifindex >= old.length) {
      long[][] larger = Arrays.copyOf(old, ifindex + 1);
      for (int i = old.length; i <= ifindex; i++) {
        larger[i] = new long[REASONS];
      }
      rows = larger;
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
    long[][] all = rows;
    return ifindex < all.length ? (long) ELEMENT.getOpaque(all[ifindex], reason.ordinal()) : 0;
  }
}
