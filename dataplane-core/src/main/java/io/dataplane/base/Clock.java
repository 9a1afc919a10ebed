package io.dataplane.base;

/**
 * The only source of time of the stack. Everything that waits, ages or measures takes one, so that
 * the whole stack also runs under a {@link VirtualClock}.
 */
public interface Clock {

  /**
   * Returns monotonic time in nanoseconds from an arbitrary origin; comparable only by difference.
   *
   * @return nanoseconds, never decreasing
   */
  long nanoTime();

  /**
   * The machine's monotonic clock.
   *
   * @return a clock that any thread may read
   */
  static Clock system() {
    return System::nanoTime;
  }
}
