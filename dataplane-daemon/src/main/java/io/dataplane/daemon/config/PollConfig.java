package io.dataplane.daemon.config;

import java.time.Duration;

/**
 * How workers poll their queues; the kernel's NAPI, with its numbers as defaults.
 *
 * @param mode what a worker does when there is nothing to do
 * @param weight frames that one queue may hand on in one poll
 * @param budget frames that a worker may hand on in one round over its queues
 * @param timeLimit how long a round may take
 * @param spin how long an adaptive worker looks for more before it sleeps
 */
public record PollConfig(Mode mode, int weight, int budget, Duration timeLimit, Duration spin) {

  /** What a worker does when there is nothing to do. */
  public enum Mode {
    /**
     * Spins briefly after traffic, then sleeps until a device has frames: near 0 % CPU when idle.
     */
    ADAPTIVE,
    /** Never sleeps: a whole core, for the shortest delay. */
    BUSY
  }

  /** What holds when the file does not say. */
  public static final PollConfig DEFAULT =
      new PollConfig(Mode.ADAPTIVE, 64, 300, Duration.ofMillis(2), Duration.ofNanos(50_000));
}
