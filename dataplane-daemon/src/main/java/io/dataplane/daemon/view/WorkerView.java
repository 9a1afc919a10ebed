package io.dataplane.daemon.view;

import java.util.List;

/**
 * One worker.
 *
 * @param id from 0
 * @param queues what it polls, as {@code dp0/0}
 * @param busyShare share of a moment just past that went into rounds with work, 0 to 1
 * @param busySeconds time in rounds with work
 * @param sleepSeconds time asleep
 * @param sleeps how often it went to sleep
 * @param loops turns of its loop
 * @param rounds turns that polled
 * @param frames frames taken
 * @param timeSqueezes rounds that ended by budget or time with work left
 * @param tasks tasks taken from other threads
 * @param failures rounds that a defect of ours ended
 * @param memory its share of the frames, blocks and SkBuffs
 */
public record WorkerView(
    int id,
    List<String> queues,
    double busyShare,
    double busySeconds,
    double sleepSeconds,
    long sleeps,
    long loops,
    long rounds,
    long frames,
    long timeSqueezes,
    long tasks,
    long failures,
    List<PoolView> memory) {

  /**
   * A pool.
   *
   * @param name {@code frames}, {@code blocks} or {@code skbs}
   * @param free free now
   * @param capacity free and in use
   * @param exhausted how often one was wanted and none was free
   */
  public record PoolView(String name, int free, int capacity, long exhausted) {}
}
