package io.dataplane.runtime;

import io.dataplane.base.Clock;
import io.dataplane.base.Timers;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where slow work of the control plane is done, off the packet path: re-opening devices, ageing.
 * One thread of its own once started; before that, and in simulations, whoever calls {@link #step}.
 */
final class ControlThread {

  private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
  private static final int QUEUE_MAX = 4096;

  private final Clock clock;
  private final Timers timers = new Timers();
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(QUEUE_MAX);
  private @Nullable Thread thread;
  private volatile boolean stopping;

  ControlThread(Clock clock) {
    this.clock = clock;
  }

  void start() {
    Thread t = new Thread(this::run, "dataplane-control");
    t.setDaemon(true);
    thread = t;
    t.start();
  }

  private void run() {
    while (!stopping) {
      try {
        long waitNs = Math.max(0, Math.min(timers.nextNs() - clock.nanoTime(), 1_000_000_000L));
        Runnable task = queue.poll(waitNs, TimeUnit.NANOSECONDS);
        if (task != null) {
          runSafely(task);
        }
        timers.run(clock.nanoTime());
      } catch (InterruptedException e) {
        return; // stop() interrupts
      } catch (RuntimeException e) {
        LOG.error("a control task failed", e);
      }
    }
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a control task failed", e);
    }
  }

  /** Runs what waits and is due, on the calling thread; for stacks that were not started. */
  void step(long nowNs) {
    Runnable task;
    while ((task = queue.poll()) != null) {
      runSafely(task);
    }
    timers.run(nowNs);
  }

  /** Has a task done soon. Any thread; a task that finds no room is dropped and said. */
  void submit(Runnable task) {
    if (!queue.offer(task)) {
      LOG.error("the control thread has {} tasks waiting; one was dropped", QUEUE_MAX);
    }
  }

  /** Has a task done later. On the control thread, or before it starts. */
  void later(long delayNs, Runnable task) {
    timers.once(clock.nanoTime() + delayNs, task);
  }

  /** Has a task done again and again. Any thread. */
  void every(long periodNs, Runnable task) {
    submit(() -> timers.periodic(clock.nanoTime() + periodNs, periodNs, task));
  }

  void stop() {
    stopping = true;
    Thread t = thread;
    if (t != null && t != Thread.currentThread()) {
      t.interrupt();
      Uninterruptibly.run(t::join);
    }
  }
}
