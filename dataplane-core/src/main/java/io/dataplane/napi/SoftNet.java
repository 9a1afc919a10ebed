package io.dataplane.napi;

import io.dataplane.base.Clock;
import io.dataplane.base.Counter;
import io.dataplane.device.TxFlushList;
import java.util.ArrayDeque;

/**
 * A worker's poll list and the round that works it off ({@code struct softnet_data}, {@code
 * net_rx_action} in net/core/dev.c). Owned by that worker.
 *
 * <p>A round ends when the list is empty, its budget is used up or its time is over; the latter two
 * with work left count as a time squeeze. Transmit queues are flushed after each poll.
 */
public final class SoftNet {

  /** Frames of one round unless configured ({@code netdev_budget}). */
  public static final int BUDGET_DEFAULT = 300;

  /** Nanoseconds of one round unless configured ({@code netdev_budget_usecs}). */
  public static final long TIME_LIMIT_DEFAULT_NS = 2_000_000;

  private final Clock clock;
  private final TxFlushList flushList;
  private final int budget;
  private final long timeLimitNs;
  private final boolean busy;
  private ArrayDeque<Napi> pollList = new ArrayDeque<>(64);
  private ArrayDeque<Napi> repollList = new ArrayDeque<>(64);

  private final Counter rounds = new Counter();
  private final Counter processed = new Counter();
  private final Counter timeSqueeze = new Counter();

  /**
   * Makes an empty list.
   *
   * @param clock time, for the round's limit
   * @param flushList what is flushed after each poll
   * @param budget frames of one round, 1 or more
   * @param timeLimitNs nanoseconds of one round, 1 or more
   * @param busy true to keep every instance on the list, so that each is polled every round and
   *     none re-armed
   */
  public SoftNet(Clock clock, TxFlushList flushList, int budget, long timeLimitNs, boolean busy) {
    if (budget < 1 || timeLimitNs < 1) {
      throw new IllegalArgumentException(
          "budget " + budget + ", time limit " + timeLimitNs + " ns: at least 1");
    }
    this.clock = clock;
    this.flushList = flushList;
    this.budget = budget;
    this.timeLimitNs = timeLimitNs;
    this.busy = busy;
  }

  /**
   * Puts an instance at the end of the list.
   *
   * @param napi an instance that has just become scheduled
   */
  public void add(Napi napi) {
    pollList.addLast(napi);
  }

  /**
   * Whether anything is to be polled.
   *
   * @return true where not
   */
  public boolean isIdle() {
    return pollList.isEmpty();
  }

  /**
   * Works the list off, as far as budget and time allow.
   *
   * @param startNs the time now
   * @return frames taken
   */
  public int netRxAction(long startNs) {
    if (pollList.isEmpty()) {
      return 0;
    }
    rounds.increment();
    int left = budget;
    boolean squeezed = false;
    Napi napi;
    while ((napi = pollList.pollFirst()) != null) {
      left -= pollOne(napi, left);
      if (left <= 0 || clock.nanoTime() - startNs >= timeLimitNs) {
        squeezed = !pollList.isEmpty() || !repollList.isEmpty();
        break;
      }
    }
    requeue();
    if (squeezed) {
      timeSqueeze.increment();
    }
    processed.add(budget - left);
    return budget - left;
  }

  private int pollOne(Napi napi, int left) {
    if (!napi.isEnabled()) {
      return 0;
    }
    int allowed = Math.min(left, napi.weight());
    int n = napi.poll(allowed);
    flushList.flush();
    if (n >= allowed || busy) {
      repollList.addLast(napi);
    } else {
      napi.complete();
    }
    return n;
  }

  /**
   * Instances that used all they were allowed come after those that have not had their turn yet.
   */
  private void requeue() {
    if (pollList.isEmpty()) {
      ArrayDeque<Napi> empty = pollList;
      pollList = repollList;
      repollList = empty;
      return;
    }
    Napi napi;
    while ((napi = repollList.pollFirst()) != null) {
      pollList.addLast(napi);
    }
  }

  /**
   * Takes an instance off the list.
   *
   * @param napi the instance
   */
  public void remove(Napi napi) {
    pollList.remove(napi);
    repollList.remove(napi);
  }

  /**
   * Rounds that polled anything.
   *
   * @return counter
   */
  public Counter rounds() {
    return rounds;
  }

  /**
   * Frames taken.
   *
   * @return counter
   */
  public Counter processed() {
    return processed;
  }

  /**
   * Rounds that ended by budget or time with work left ({@code time_squeeze} of
   * /proc/net/softnet_stat).
   *
   * @return counter
   */
  public Counter timeSqueeze() {
    return timeSqueeze;
  }
}
