package io.dataplane.drivers.tap;

import io.dataplane.base.DropReason;
import io.dataplane.device.RxQueue;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.HotCalls;
import io.dataplane.drivers.nativeio.IoUring;
import io.dataplane.packet.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * Receives from one TAP descriptor, straight into slab frames ({@link TapRxSlots}).
 *
 * <p>Frames that come one by one are read by a call each, which answers soonest. Once a poll yields
 * more than {@link #FEW_FRAMES} small ones, reads go out in batches by io_uring, which costs less a
 * frame (measured: 450 ns against 525 for read and write of a 64-byte frame, 64 a poll; 750 against
 * 580 where 2 a poll). Large frames are read by a call each too, and no more at a time than the
 * cache holds until they are written.
 */
final class TapRxQueue extends RxQueue {

  /** Reads in one batch at most; each holds a spare block meanwhile. */
  static final int BATCH_MAX = 32;

  private static final int FEW_FRAMES = 5;
  private static final int SMALL_FRAME = 4096;

  /**
   * What one receive takes at most: beyond, the first bytes have left the cache when they are
   * written.
   */
  private static final int BYTES_MAX = 128 * 1024;

  private final TapDevice tap;
  private final TapRxSlots slots;
  private final HotCalls calls = new HotCalls();
  private volatile int fd = NO_FD;
  private @Nullable IoUring ring;
  private boolean ended;
  private boolean dead;
  private int reads;
  private int count;
  private long bytes;
  private int lastCount;
  private long lastBytes;

  TapRxQueue(TapDevice tap, int index, Cpu cpu) {
    super(tap, index, cpu);
    this.tap = tap;
    this.slots = new TapRxSlots(cpu, BATCH_MAX);
  }

  /** Control plane, while nobody polls. */
  void attach(int descriptor, @Nullable IoUring ioUring) {
    ring = ioUring;
    fd = descriptor;
    dead = false;
    lastCount = 0;
  }

  /** Control plane, when nobody polls any more. */
  void detach() {
    fd = NO_FD;
    IoUring r = ring;
    ring = null;
    if (r != null) {
      r.close();
    }
  }

  @Override
  public int eventFd() {
    return fd;
  }

  @Override
  public int receive(int[] frames, int max) {
    if (dead || slots.ensure(1) == 0) {
      return 0;
    }
    reads = 0;
    count = 0;
    bytes = 0;
    ended = false;
    IoUring r = ring;
    if (r == null) {
      readOneByOne(frames, max);
    } else {
      boolean small = lastBytes <= (long) lastCount * SMALL_FRAME;
      if (lastCount <= FEW_FRAMES || !small) {
        readOneByOne(frames, small ? Math.min(max, FEW_FRAMES + 1) : max);
      }
      readInBatches(r, frames, max);
    }
    if (count > 0) {
      stats().packets().add(count);
      stats().bytes().add(bytes);
    }
    lastCount = count;
    lastBytes = bytes;
    return count;
  }

  private void readOneByOne(int[] frames, int max) {
    int from = fd;
    while (!ended && reads < max && bytes < BYTES_MAX) {
      take(0, (int) calls.readv(from, slots.vectors(0), slots.parts(0)), frames);
    }
  }

  private void readInBatches(IoUring r, int[] frames, int max) {
    int wanted = Math.max(lastCount, 2 * reads);
    while (!ended && reads < max && bytes < BYTES_MAX) {
      int n = slots.ensure(Math.min(BATCH_MAX, Math.min(wanted, max - reads)));
      for (int i = 0; i < n; i++) {
        r.prepareReadv(0, slots.vectors(i), slots.parts(i), i);
      }
      if (r.submit() < n) {
        ringFailed();
      }
      int done = r.completions();
      for (int i = 0; i < done; i++) {
        take((int) r.userData(i), r.result(i), frames);
      }
      r.advance(done);
      wanted = Math.min(BATCH_MAX, 2 * n);
    }
  }

  /**
   * Takes what a read answered. Frames that are dropped count as reads too, or a host that sends
   * nothing else would keep the worker here.
   */
  private void take(int slot, int answer, int[] frames) {
    reads++;
    if (answer < 0) {
      end(-answer);
      return;
    }
    int frame = slots.frame(slot);
    DropReason reason = slots.accept(slot, answer, tap.ifindex(), index());
    if (reason == null) {
      frames[count++] = frame;
      bytes += answer - TapRxSlots.VNET_HDR;
    } else {
      drop(reason);
    }
  }

  private void drop(DropReason reason) {
    if (reason == DropReason.NOMEM) {
      stats().drops().increment();
    } else {
      stats().errors().increment();
    }
    cpu().drops().count(tap.ifindex(), reason);
  }

  private void end(int errno) {
    ended = true;
    if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
      dead = true;
      tap.lost(errno);
    }
  }

  /**
   * A ring that refuses may hold reads into buffers that are given away later: the device is opened
   * anew.
   */
  private void ringFailed() {
    ended = true;
    dead = true;
    tap.lost(Errno.EIO);
  }

  /**
   * A TAP descriptor stays readable while frames wait, so there is nothing to arm and nothing to
   * lose.
   */
  @Override
  public boolean rearm() {
    return false;
  }

  @Override
  public void discard() {
    slots.release();
  }
}
