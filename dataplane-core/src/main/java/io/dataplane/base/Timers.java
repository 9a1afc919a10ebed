package io.dataplane.base;

import java.util.PriorityQueue;

/**
 * Work that a thread is to do later or again and again, in order of time. Owned by one thread,
 * which passes the time in; for the few timers of a worker, not one per packet.
 */
public final class Timers {

  /** No timer is set. */
  public static final long NEVER = Long.MAX_VALUE;

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();
  private long sequence;

  /** A timer that can be cancelled by the owning thread. */
  public static final class Timer implements Comparable<Timer> {
    private final Runnable action;
    private final long periodNs;
    private long dueNs;
    private final long sequence;
    private boolean cancelled;

    private Timer(Runnable action, long dueNs, long periodNs, long sequence) {
      this.action = action;
      this.dueNs = dueNs;
      this.periodNs = periodNs;
      this.sequence = sequence;
    }

    /** Ends it; it does not run again. */
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(dueNs, other.dueNs);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sequence);
    }
  }

  /**
   * Does something once.
   *
   * @param dueNs when, at the earliest
   * @param action what
   * @return the timer
   */
  public Timer once(long dueNs, Runnable action) {
    return add(action, dueNs, 0);
  }

  /**
   * Does something again and again.
   *
   * @param firstNs when first, at the earliest
   * @param periodNs nanoseconds between, 1 or more
   * @param action what
   * @return the timer
   */
  public Timer periodic(long firstNs, long periodNs, Runnable action) {
    if (periodNs < 1) {
      throw new IllegalArgumentException("period of " + periodNs + " ns");
    }
    return add(action, firstNs, periodNs);
  }

  private Timer add(Runnable action, long dueNs, long periodNs) {
    Timer timer = new Timer(action, dueNs, periodNs, sequence++);
    queue.add(timer);
    return timer;
  }

  /**
   * Runs what is due, in order.
   *
   * @param nowNs the time
   * @return how many ran
   */
  public int run(long nowNs) {
    int ran = 0;
    Timer timer;
    while ((timer = queue.peek()) != null && (timer.cancelled || timer.dueNs <= nowNs)) {
      queue.remove();
      if (timer.cancelled) {
        continue;
      }
      if (timer.periodNs > 0) {
        timer.dueNs = nowNs + timer.periodNs; // from now: a late round does not cause a burst
        queue.add(timer);
      }
      timer.action.run();
      ran++;
    }
    return ran;
  }

  /**
   * When the next one is due.
   *
   * @return nanoseconds, or {@link #NEVER}
   */
  public long nextNs() {
    Timer timer = queue.peek();
    return timer == null ? NEVER : timer.dueNs;
  }
}
