package io.dataplane.napi;

import io.dataplane.base.Counter;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxNotifier;
import io.dataplane.device.RxQueue;
import io.dataplane.device.TxQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The polling of one receive queue ({@code struct napi_struct}), with the kernel's rules: at most
 * {@code weight} frames a poll; fewer than asked for completes and re-arms; as many as asked for
 * stays scheduled; a budget of 0 only reclaims transmissions.
 *
 * <pre>
 *             schedule (any thread)             poll: done &lt; budget, nothing came since
 *   IDLE ──────────────────────────► SCHEDULED ─────────────────────────────────────────► IDLE
 *                                      │    ▲  done == budget, or frames came: once more
 *                                      └────┘
 *   DISABLED ◄── disable / enable ──► IDLE
 * </pre>
 */
public final class Napi implements RxNotifier {

  /** Frames of one poll unless configured ({@code NAPI_POLL_WEIGHT}). */
  public static final int WEIGHT_DEFAULT = 64;

  private static final int DISABLED = 0;
  private static final int IDLE = 1;
  private static final int SCHEDULED = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Napi.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int state = DISABLED;
  private final RxQueue queue;
  private final TxQueue txQueue;
  private final NapiScheduler scheduler;
  private final int weight;
  private final int[] frames;
  private final FrameReceiver receiver;
  private final NapiStats stats = new NapiStats();

  /** Whether it is on its worker's poll list; {@link SoftNet} keeps it, on that worker. */
  boolean listed;

  /**
   * Makes a disabled instance.
   *
   * @param queue the queue to poll
   * @param receive where its packets go
   * @param scheduler the worker that polls
   * @param weight frames of one poll, 1 .. 1024
   */
  public Napi(RxQueue queue, NetReceive receive, NapiScheduler scheduler, int weight) {
    if (weight < 1 || weight > 1024) {
      throw new IllegalArgumentException("NAPI weight " + weight + " (1..1024)");
    }
    this.queue = queue;
    this.txQueue = queue.dev().txQueue(receive.cpu().id());
    this.scheduler = scheduler;
    this.weight = weight;
    this.frames = new int[weight];
    this.receiver = new FrameReceiver(queue, receive);
    queue.notifier(this);
  }

  /** Lets it be scheduled ({@code napi_enable}). Owning worker. */
  public void enable() {
    state = IDLE;
    if (queue.rearm()) {
      schedule();
    }
  }

  /** Ends polling ({@code napi_disable}); the worker has taken it off its list. Owning worker. */
  public void disable() {
    state = DISABLED;
  }

  /**
   * Asks for a poll ({@code napi_schedule}). Any thread; where it is scheduled or disabled already
   * it does nothing.
   *
   * @return true where this call scheduled it
   */
  public boolean schedule() {
    if (state == IDLE && STATE.compareAndSet(this, IDLE, SCHEDULED)) {
      scheduler.enqueue(this);
      return true;
    }
    return false;
  }

  @Override
  public void arrived() {
    schedule();
  }

  /**
   * Polls once: takes back what has been transmitted, then takes what has arrived. Owning worker,
   * which has it on its list.
   *
   * @param budget frames allowed, 0 = reclaim transmissions only
   * @return frames taken; as many as {@code min(budget, weight)} means that it is to be polled
   *     again
   */
  int poll(int budget) {
    txQueue.reclaim();
    if (budget <= 0) {
      return 0;
    }
    int allowed = Math.min(budget, weight);
    int n = queue.receive(frames, allowed);
    stats.polls.increment();
    if (n > 0) {
      stats.frames.add(n);
      if (n == allowed) {
        stats.budgetExhausted.increment();
      }
      receiver.receive(frames, n);
    }
    return n;
  }

  /**
   * Ends a poll that took fewer frames than allowed ({@code napi_complete_done}): re-arms, and
   * looks once more, so that a frame that came in between is not forgotten. Owning worker.
   */
  void complete() {
    stats.completions.increment();
    state = IDLE;
    if (queue.rearm()) {
      schedule();
    }
  }

  /**
   * Whether it is due to be polled.
   *
   * @return false where it has been disabled since it was entered into the list, also where it has
   *     been enabled again
   */
  boolean isScheduled() {
    return state == SCHEDULED;
  }

  /**
   * Frames of one poll.
   *
   * @return at least 1
   */
  public int weight() {
    return weight;
  }

  /**
   * The queue that it polls.
   *
   * @return the queue
   */
  public RxQueue queue() {
    return queue;
  }

  /**
   * The device of its queue.
   *
   * @return the device
   */
  public NetDevice dev() {
    return queue.dev();
  }

  /**
   * What it has done.
   *
   * @return counters
   */
  public NapiStats stats() {
    return stats;
  }

  /** What a NAPI instance has done; counted by its worker, read by any thread. */
  public static final class NapiStats {
    private final Counter polls = new Counter();
    private final Counter frames = new Counter();
    private final Counter budgetExhausted = new Counter();
    private final Counter completions = new Counter();

    private NapiStats() {}

    /**
     * Polls.
     *
     * @return counter
     */
    public Counter polls() {
      return polls;
    }

    /**
     * Frames taken in them.
     *
     * @return counter
     */
    public Counter frames() {
      return frames;
    }

    /**
     * Polls that took all that was allowed.
     *
     * @return counter
     */
    public Counter budgetExhausted() {
      return budgetExhausted;
    }

    /**
     * Polls that emptied the queue and re-armed it.
     *
     * @return counter
     */
    public Counter completions() {
      return completions;
    }
  }
}
