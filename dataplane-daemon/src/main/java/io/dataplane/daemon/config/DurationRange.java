package io.dataplane.daemon.config;

import java.time.Duration;

/**
 * The values that a duration may take.
 *
 * @param min the shortest, included
 * @param max the longest, included
 */
public record DurationRange(Duration min, Duration max) {

  /** Whether a duration lies in the range. */
  public boolean contains(Duration value) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  /** {@code 1s to 1d}. */
  @Override
  public String toString() {
    return Durations.format(min) + " to " + Durations.format(max);
  }
}
