package io.dataplane.runtime;

import io.dataplane.napi.Napi;
import io.dataplane.napi.SoftNet;

/**
 * How workers poll.
 *
 * @param mode what to do when no frame waits
 * @param weight frames of one poll, 1 .. 1024
 * @param budget frames of one round, 1 .. 65,536
 * @param timeLimitNs nanoseconds of one round
 * @param spinNs nanoseconds to spin after the last frame before sleeping, in adaptive mode
 */
public record PollConfig(PollMode mode, int weight, int budget, long timeLimitNs, long spinNs) {

  /**
   * Nanoseconds to spin unless configured: longer than a round trip between local hosts, shorter
   * than anyone notices.
   */
  public static final long SPIN_DEFAULT_NS = 50_000;

  /** Checks the ranges. */
  public PollConfig {
    if (weight < 1
        || weight > 1024
        || budget < 1
        || budget > 65_536
        || timeLimitNs < 1
        || spinNs < 0) {
      throw new IllegalArgumentException(
          "poll weight "
              + weight
              + ", budget "
              + budget
              + ", time limit "
              + timeLimitNs
              + " ns, spin "
              + spinNs
              + " ns");
    }
  }

  /**
   * The kernel's numbers.
   *
   * @param mode what to do when no frame waits
   * @return weight 64, budget 300, 2 ms
   */
  public static PollConfig defaults(PollMode mode) {
    return new PollConfig(
        mode,
        Napi.WEIGHT_DEFAULT,
        SoftNet.BUDGET_DEFAULT,
        SoftNet.TIME_LIMIT_DEFAULT_NS,
        SPIN_DEFAULT_NS);
  }
}
