package io.dataplane.runtime;

import io.dataplane.base.Clock;
import io.dataplane.base.Timers;
import io.dataplane.device.RxQueue;
import io.dataplane.device.TxFlushList;
import io.dataplane.device.WorkerContext;
import io.dataplane.memory.FrameMemory;
import io.dataplane.napi.Napi;
import io.dataplane.napi.NapiScheduler;
import io.dataplane.napi.NetReceive;
import io.dataplane.napi.PacketTypes;
import io.dataplane.napi.SoftNet;
import io.dataplane.packet.Cpu;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns queues, pools, timers and counters, and the loop that serves them. Other
 * threads reach it by {@link #execute} and {@link Napi#schedule} alone.
 */
public final class Worker implements NapiScheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** Tasks from other threads that may wait. */
  static final int INBOX_MAX = 1024;

  /** Receive queues that it may poll. */
  static final int NAPIS_MAX = 4096;

  /** Longest sleep, so that a defect in a wake-up costs a delay and not a hang. */
  private static final long SLEEP_MAX_NS = 1_000_000_000;

  private final Cpu cpu;
  private final Clock clock;
  private final PollConfig poll;
  private final EventPoller poller;
  private final SoftNet softNet;
  private final NetReceive receive;
  private final TxFlushList flushList = new TxFlushList();
  private final Timers timers = new Timers();
  private final MpscArrayQueue<Runnable> inbox = new MpscArrayQueue<>(INBOX_MAX);
  private final MpscArrayQueue<Napi> remoteScheduled = new MpscArrayQueue<>(2 * NAPIS_MAX);
  private final WorkerStats stats = new WorkerStats();
  private final int[] ready = new int[64];
  private @Nullable Napi[] byToken = new @Nullable Napi[16];
  private final List<Napi> napis = new ArrayList<>();

  private volatile @Nullable Thread owner;
  private volatile boolean sleeping;
  private volatile boolean stopping;
  private long lastWorkNs;
  private long lastRoundNs;
  private boolean lastRoundBusy;

  Worker(
      int id,
      FrameMemory memory,
      Clock clock,
      PollConfig poll,
      EventPoller poller,
      PacketTypes types) {
    this.clock = clock;
    this.poll = poll;
    this.poller = poller;
    this.cpu = new Cpu(id, memory, Math.max(256, memory.pool(id).frameCapacity()));
    this.softNet =
        new SoftNet(
            clock, flushList, poll.budget(), poll.timeLimitNs(), poll.mode() == PollMode.BUSY);
    this.receive = new NetReceive(cpu, types);
  }

  // ---------------------------------------------------------------- the loop

  /**
   * Starts the worker's thread. The worker is owned by it from before its first step to the end, so
   * that no other thread ever takes the worker for its own.
   *
   * @return the thread, running
   */
  Thread start() {
    Thread thread = new Thread(this::run, "dataplane-worker-" + cpu.id());
    owner = thread;
    thread.start();
    return thread;
  }

  /** Runs until {@link #stop}. */
  private void run() {
    lastRoundNs = clock.nanoTime();
    lastWorkNs = lastRoundNs;
    while (!stopping) {
      try {
        runLoop();
      } catch (RuntimeException e) {
        stats.failures().increment();
        LOG.error("worker {}: a round failed; going on", cpu.id(), e);
      }
    }
    runInbox();
  }

  private void runLoop() {
    while (!stopping) {
      long now = clock.nanoTime();
      int work = runOnce(now);
      if (work > 0) {
        lastWorkNs = now;
      } else {
        idle(now);
      }
    }
  }

  /**
   * One round: tasks from other threads, readable descriptors, NAPI, transmit flush, timers. A
   * simulation calls it instead of starting a thread.
   *
   * @param nowNs the time, read once for the round
   * @return how much was done or is left to do; 0 = nothing
   */
  public int runOnce(long nowNs) {
    if (owner == null) {
      owner = Thread.currentThread(); // a simulation's
    }
    account(nowNs);
    cpu.nowNs(nowNs);
    int work = runInbox();
    takeRemoteScheduled();
    takeReady(0);
    work += softNet.netRxAction(nowNs);
    flushList.flush();
    cpu.frames().drainReturns();
    work += timers.run(nowNs);
    lastRoundBusy = work > 0;
    boolean idle = softNet.isIdle() && remoteScheduled.isEmpty();
    return idle || poll.mode() == PollMode.BUSY ? work : work + 1;
  }

  private void account(long nowNs) {
    stats.loops().increment();
    if (lastRoundBusy) {
      stats.busyNs().add(nowNs - lastRoundNs);
    }
    lastRoundNs = nowNs;
  }

  private void idle(long now) {
    if (poll.mode() == PollMode.BUSY || now - lastWorkNs < poll.spinNs()) {
      Thread.onSpinWait();
      return;
    }
    sleep(now);
  }

  /**
   * Sleeps until a descriptor is readable, a timer is due or another thread calls. Whoever adds
   * work looks at {@code sleeping} after it, and this looks for work after it has set it: one of
   * the two sees the other.
   */
  private void sleep(long now) {
    sleeping = true;
    VarHandle.fullFence();
    if (inbox.isEmpty() && remoteScheduled.isEmpty() && softNet.isIdle() && !stopping) {
      long timeout = Math.min(SLEEP_MAX_NS, timers.nextNs() - now);
      if (timeout > 0) {
        stats.sleeps().increment();
        takeReady(timeout);
        long woken = clock.nanoTime();
        stats.sleepNs().add(woken - now);
        lastRoundNs = woken;
      }
    }
    sleeping = false;
  }

  private void takeReady(long timeoutNs) {
    if (poll.mode() == PollMode.BUSY) {
      return; // every queue is polled each round anyway
    }
    int n = poller.poll(ready, timeoutNs);
    for (int i = 0; i < n; i++) {
      Napi napi = byToken[ready[i]];
      if (napi != null) {
        napi.schedule();
      }
    }
  }

  private void takeRemoteScheduled() {
    Napi napi;
    while ((napi = remoteScheduled.relaxedPoll()) != null) {
      softNet.add(napi);
    }
  }

  private int runInbox() {
    int ran = 0;
    Runnable task;
    while (ran < INBOX_MAX && (task = inbox.relaxedPoll()) != null) {
      task.run();
      ran++;
    }
    if (ran > 0) {
      stats.inboxRuns().add(ran);
    }
    return ran;
  }

  // ---------------------------------------------------------------- other threads

  @Override
  public void enqueue(Napi napi) {
    if (owner == Thread.currentThread()) {
      softNet.add(napi);
      return;
    }
    if (!remoteScheduled.offer(napi)) {
      throw new IllegalStateException("more NAPI instances than the poll list holds");
    }
    wakeIfSleeping();
  }

  /**
   * Has the worker do something between two rounds. Any thread.
   *
   * @param task what; must not block
   * @return false where {@value #INBOX_MAX} tasks wait already
   */
  public boolean execute(Runnable task) {
    if (!inbox.offer(task)) {
      return false;
    }
    wakeIfSleeping();
    return true;
  }

  private void wakeIfSleeping() {
    VarHandle.fullFence();
    if (sleeping) {
      poller.wakeup();
    }
  }

  void stop() {
    stopping = true;
    VarHandle.fullFence();
    poller.wakeup();
  }

  // ---------------------------------------------------------------- queues; on the worker

  Napi addQueue(RxQueue queue) {
    if (napis.size() == NAPIS_MAX) {
      throw new IllegalStateException(
          "worker " + cpu.id() + " polls " + NAPIS_MAX + " receive queues already");
    }
    Napi napi = new Napi(queue, receive, this, poll.weight());
    napis.add(napi);
    return napi;
  }

  void enable(Napi napi) {
    int fd = napi.queue().eventFd();
    if (fd != RxQueue.NO_FD) {
      poller.add(fd, tokenOf(napi));
    }
    napi.enable();
    if (poll.mode() == PollMode.BUSY) {
      napi.schedule();
    }
  }

  private int tokenOf(Napi napi) {
    for (int i = 0; i < byToken.length; i++) {
      if (byToken[i] == null) {
        byToken[i] = napi;
        return i;
      }
    }
    int token = byToken.length;
    byToken = java.util.Arrays.copyOf(byToken, token * 2);
    byToken[token] = napi;
    return token;
  }

  void disable(Napi napi) {
    napi.disable();
    int fd = napi.queue().eventFd();
    if (fd != RxQueue.NO_FD) {
      poller.remove(fd);
    }
    for (int i = 0; i < byToken.length; i++) {
      if (byToken[i] == napi) {
        byToken[i] = null;
      }
    }
    takeRemoteScheduled();
    softNet.remove(napi);
    napi.queue().discard();
  }

  void removeQueue(Napi napi) {
    napis.remove(napi);
  }

  WorkerContext context() {
    return new WorkerContext(cpu, flushList);
  }

  /**
   * The worker's timers; for tasks run on the worker.
   *
   * @return its timers
   */
  public Timers timers() {
    return timers;
  }

  /**
   * The worker's per-CPU data; counters may be read by any thread.
   *
   * @return its data
   */
  public Cpu cpu() {
    return cpu;
  }

  /**
   * Its poll list's counters; may be read by any thread.
   *
   * @return its poll list
   */
  public SoftNet softNet() {
    return softNet;
  }

  /**
   * What it has done.
   *
   * @return counters
   */
  public WorkerStats stats() {
    return stats;
  }

  /**
   * Its number.
   *
   * @return from 0
   */
  public int id() {
    return cpu.id();
  }

  EventPoller poller() {
    return poller;
  }

  boolean isOwnThread() {
    Thread t = owner;
    return t == null || t == Thread.currentThread();
  }
}
