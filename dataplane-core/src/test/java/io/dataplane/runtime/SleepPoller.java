package io.dataplane.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * A poller whose sleep ends by a wake-up alone: a wake-up that gets lost hangs the test. It tells
 * the test when the worker is asleep.
 */
final class SleepPoller implements EventPoller {

  /** One permit each time the worker goes to sleep. */
  final Semaphore asleep = new Semaphore(0);

  final AtomicInteger sleeps = new AtomicInteger();

  private final Semaphore wake = new Semaphore(0);
  private final ConcurrentLinkedQueue<Integer> readable = new ConcurrentLinkedQueue<>();
  private final LongConsumer onSleep;
  private final int sleepsThatEndAlone;
  private volatile int token = -1;

  SleepPoller() {
    this(ns -> {}, 0);
  }

  /** The first sleeps end by themselves; each is told to {@code onSleep} with its time-out. */
  SleepPoller(LongConsumer onSleep, int sleepsThatEndAlone) {
    this.onSleep = onSleep;
    this.sleepsThatEndAlone = sleepsThatEndAlone;
  }

  /** The watched descriptor becomes readable. */
  void becomeReadable() {
    readable.add(token);
    wakeup();
  }

  @Override
  public void add(int fd, int newToken) {
    token = newToken;
  }

  @Override
  public void remove(int fd) {
    token = -1;
  }

  @Override
  public int poll(int[] ready, long timeoutNs) {
    if (timeoutNs > 0) {
      onSleep.accept(timeoutNs);
      if (sleeps.incrementAndGet() > sleepsThatEndAlone) {
        asleep.release();
        wake.acquireUninterruptibly();
        wake.drainPermits();
      }
    }
    Integer next = readable.poll();
    if (next == null) {
      return 0;
    }
    ready[0] = next;
    return 1;
  }

  @Override
  public void wakeup() {
    wake.release();
  }

  @Override
  public void close() {}
}
