package io.dataplane.daemon.config;

/**
 * The values that a whole number may take.
 *
 * @param min the least, included
 * @param max the greatest, included
 */
public record IntRange(int min, int max) {

  /** Whether a number lies in the range. */
  public boolean contains(long value) {
    return value >= min && value <= max;
  }

  /** {@code 1 to 64}. */
  @Override
  public String toString() {
    return min + " to " + max;
  }
}
