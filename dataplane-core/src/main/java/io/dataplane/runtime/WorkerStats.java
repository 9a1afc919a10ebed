package io.dataplane.runtime;

import io.dataplane.base.Counter;

/** What a worker has done; counted by it, read by any thread. */
public final class WorkerStats {

  private final Counter busyNs = new Counter();
  private final Counter sleepNs = new Counter();
  private final Counter sleeps = new Counter();
  private final Counter loops = new Counter();
  private final Counter inboxRuns = new Counter();
  private final Counter failures = new Counter();

  WorkerStats() {}

  /**
   * Time in rounds that found work.
   *
   * @return counter of nanoseconds
   */
  public Counter busyNs() {
    return busyNs;
  }

  /**
   * Time asleep.
   *
   * @return counter of nanoseconds
   */
  public Counter sleepNs() {
    return sleepNs;
  }

  /**
   * Times it went to sleep.
   *
   * @return counter
   */
  public Counter sleeps() {
    return sleeps;
  }

  /**
   * Rounds.
   *
   * @return counter
   */
  public Counter loops() {
    return loops;
  }

  /**
   * Tasks from other threads.
   *
   * @return counter
   */
  public Counter inboxRuns() {
    return inboxRuns;
  }

  /**
   * Rounds that ended by a defect of ours; logged, and the worker goes on.
   *
   * @return counter
   */
  public Counter failures() {
    return failures;
  }
}
