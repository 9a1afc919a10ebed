package io.dataplane.daemon.control;

import java.time.Duration;

/**
 * What one client may take of the daemon.
 *
 * @param clientsMax clients at a time; further ones are told so and sent away
 * @param lineBytesMax bytes of one request
 * @param idleTimeout how long a client may keep its place without asking anything
 * @param answerTimeout how long a client may take to accept an answer
 */
public record ControlLimits(
    int clientsMax, int lineBytesMax, Duration idleTimeout, Duration answerTimeout) {

  /** What a daemon uses. */
  public static final ControlLimits DEFAULT =
      new ControlLimits(16, 64 << 10, Duration.ofMinutes(5), Duration.ofSeconds(10));
}
