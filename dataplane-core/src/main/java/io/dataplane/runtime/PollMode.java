package io.dataplane.runtime;

/** What a worker does when no frame waits. */
public enum PollMode {
  /**
   * Spins for a moment after traffic, then sleeps until a descriptor is readable: near 0 % CPU when
   * idle.
   */
  ADAPTIVE,
  /** Never sleeps, polls every queue each round: one core always busy, the shortest latency. */
  BUSY
}
