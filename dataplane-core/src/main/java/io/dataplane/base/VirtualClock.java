package io.dataplane.base;

/**
 * A clock that stands still until it is told to move. Owned by the thread that drives a simulation.
 */
public final class VirtualClock implements Clock {

  private long nowNs;

  @Override
  public long nanoTime() {
    return nowNs;
  }

  /**
   * Moves time forward.
   *
   * @param deltaNs nanoseconds, not negative
   */
  public void advance(long deltaNs) {
    if (deltaNs < 0) {
      throw new IllegalArgumentException("time does not run backwards: " + deltaNs + " ns");
    }
    nowNs += deltaNs;
  }
}
