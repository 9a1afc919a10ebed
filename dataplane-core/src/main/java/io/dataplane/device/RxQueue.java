package io.dataplane.device;

import io.dataplane.packet.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * A receive queue: where a driver's frames come from. Owned by the worker that polls it, unless
 * said otherwise.
 *
 * <p>Notification follows NAPI: while a queue is being polled nobody tells of new frames; {@link
 * #rearm} ends that and says whether frames came in the meantime, so that no wake-up is lost.
 */
public abstract class RxQueue {

  /** An {@link #eventFd()} of a queue that announces frames by {@link RxNotifier} instead. */
  public static final int NO_FD = -1;

  private final NetDevice dev;
  private final int index;
  private final Cpu cpu;
  private final QueueStats stats = new QueueStats();
  private final XdpStats xdpStats = new XdpStats();
  private volatile @Nullable RxNotifier notifier;

  /**
   * Makes the queue of a device.
   *
   * @param dev the device
   * @param index from 0
   * @param cpu the worker that polls it
   */
  protected RxQueue(NetDevice dev, int index, Cpu cpu) {
    this.dev = dev;
    this.index = index;
    this.cpu = cpu;
  }

  /**
   * Takes frames from the host into buffers of the worker's pool. Each is described in the frame
   * table, checked (a frame that lies about itself is dropped and counted here) and owned by the
   * caller. Never blocks.
   *
   * @param frames where to put the heads, from index 0
   * @param max at most this many, 1 or more
   * @return how many; fewer than {@code max} means that the queue was seen empty
   */
  public abstract int receive(int[] frames, int max);

  /**
   * Asks to be told of the next frame.
   *
   * @return true where frames wait already, so that the caller polls again instead
   */
  public abstract boolean rearm();

  /** Drops frames that wait in the process, as the device stops. */
  public void discard() {}

  /**
   * The file descriptor that becomes readable when frames wait (level-triggered).
   *
   * @return a descriptor, or {@link #NO_FD}
   */
  public int eventFd() {
    return NO_FD;
  }

  /**
   * Frames waiting.
   *
   * @return count; 0 where the host does not say
   */
  public int backlog() {
    return 0;
  }

  /**
   * Sets who is to be told of frames where there is no descriptor. Control plane, before the device
   * opens.
   *
   * @param notifier the NAPI instance
   */
  public final void notifier(RxNotifier notifier) {
    this.notifier = notifier;
  }

  /** Tells the notifier that frames wait. Any thread, after the frames are visible. */
  protected final void notifyArrival() {
    RxNotifier n = notifier;
    if (n != null) {
      n.arrived();
    }
  }

  /**
   * The device.
   *
   * @return its device
   */
  public final NetDevice dev() {
    return dev;
  }

  /**
   * The worker that polls it.
   *
   * @return its per-CPU data
   */
  public final Cpu cpu() {
    return cpu;
  }

  /**
   * The queue's number.
   *
   * @return from 0
   */
  public final int index() {
    return index;
  }

  /**
   * What came in.
   *
   * @return counters
   */
  public final QueueStats stats() {
    return stats;
  }

  /**
   * What the XDP hook said of it.
   *
   * @return counters
   */
  public final XdpStats xdpStats() {
    return xdpStats;
  }
}
