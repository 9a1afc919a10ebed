package io.dataplane.napi;

import io.dataplane.base.Clock;
import io.dataplane.base.Counter;
import io.dataplane.device.TxFlushList;
import java.util.ArrayDeque;

/**
 * A worker's poll list and the round that works it off ({@code struct softnet_data}, {@code
 * net_rx_action} in net/core/dev.c). Owned by that worker.
 *
 * <p>A round polls once each instance that was on the list when it began. It ends earlier with the
 * poll that uses up its budget, by which it may go over it by less than a weight, or its time; that
 * counts as a time squeeze if work is left. What is scheduled during a round comes up in the next
 * one, behind those that have not had their turn, and before those that used all they were allowed.
 * Transmit queues are flushed after each poll.
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
  private ArrayDeque<Napi> roundList = new ArrayDeque<>(64);
  private final ArrayDeque<Napi> repollList = new ArrayDeque<>(64);

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
   * Puts an instance at the end of the list, where it is not on it already.
   *
   * @param napi an instance that has just become scheduled
   */
  public void add(Napi napi) {
    if (!napi.listed) {
      napi.listed = true;
      pollList.addLast(napi);
    }
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
    swapLists();
    int left = budget;
    boolean cut = false;
    try {
      Napi napi;
      while (!cut && (napi = roundList.pollFirst()) != null) {
        left -= pollOne(napi);
        cut = left <= 0 || clock.nanoTime() - startNs >= timeLimitNs;
      }
    } finally {
      requeue();
    }
    if (cut && !pollList.isEmpty()) {
      timeSqueeze.increment();
    }
    processed.add(budget - left);
    return budget - left;
  }

  private int pollOne(Napi napi) {
    napi.listed = false;
    if (!napi.isScheduled()) {
      return 0;
    }
    int allowed =
        napi.weight(); // as near the budget's end: less there, and one queue gets less ever
    boolean again = true; // also where the poll fails by a defect: the queue keeps its turns
    int n;
    try {
      n = napi.poll(allowed);
      flushList.flush();
      again = n >= allowed || busy;
    } finally {
      if (again) {
        napi.listed = true;
        repollList.addLast(napi);
      }
    }
    if (!again) {
      napi.complete();
    }
    return n;
  }

  private void swapLists() {
    ArrayDeque<Napi> list = pollList;
    pollList = roundList;
    roundList = list;
  }

  /**
   * First those that have not had their turn, then those scheduled during the round, last those
   * that used all they were allowed.
   */
  private void requeue() {
    if (!roundList.isEmpty()) {
      moveAll(pollList, roundList);
      swapLists();
    }
    moveAll(repollList, pollList);
  }

  private static void moveAll(ArrayDeque<Napi> from, ArrayDeque<Napi> to) {
    Napi napi;
    while ((napi = from.pollFirst()) != null) {
      to.addLast(napi);
    }
  }

  /**
   * Takes an instance off the list; between two rounds.
   *
   * @param napi the instance
   */
  public void remove(Napi napi) {
    napi.listed = false;
    pollList.remove(napi);
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
