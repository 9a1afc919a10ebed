package io.dataplane.daemon.control;

import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts an end to reads and writes that last too long. A socket channel has no timeout of its own;
 * closing it from another thread ends whatever waits on it.
 */
final class Deadlines implements AutoCloseable {

  private final AtomicLong expired;
  private final ScheduledThreadPoolExecutor timer;

  Deadlines(AtomicLong expired) {
    this.expired = expired;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("control-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Closes the channel after a while, unless the returned guard is closed before. */
  Guard closeAfter(Channel channel, Duration delay) {
    ScheduledFuture<?> task =
        timer.schedule(
            () -> {
              expired.incrementAndGet();
              Quietly.close(channel);
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> task.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Lifts a deadline. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
