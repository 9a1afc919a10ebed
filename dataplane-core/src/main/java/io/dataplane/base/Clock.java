package io.dataplane.base;

/**
 * The only source of time of the stack. Everything that waits, ages or measures takes one, so that
 * the whole stack also runs under a {@link VirtualClock}.
 */
public interface Clock {

  /**
   * Returns monotonic time in nanoseconds from an arbitrary origin.
   *
   * @return nanoseconds, never negative and never decreasing
   */
  long nanoTime();

  /**
   * The machine's monotonic clock, counted from this call.
   *
   * @return a clock that any thread may read
   */
  static Clock system() {
    long origin = System.nanoTime(); // its own origin is arbitrary, and may lie in the future
    return () -> System.nanoTime() - origin;
  }
}
