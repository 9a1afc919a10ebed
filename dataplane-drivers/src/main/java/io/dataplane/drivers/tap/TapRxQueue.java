package io.dataplane.drivers.tap;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.dataplane.base.DropReason;
import io.dataplane.device.RxQueue;
import io.dataplane.drivers.nativeio.Errno;
import io.dataplane.drivers.nativeio.HotCalls;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.offload.VnetHeaders;
import io.dataplane.wire.Ethernet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Receives from one TAP descriptor: a scattered read a frame, into the head room of a slab frame
 * (the virtio-net header), the frame itself, and a spare block for what is more.
 *
 * <pre>
 *   frame                                                       block
 *   |   head room   | hdr |  Ethernet header, ... 1,792 bytes  ||  up to 64 KiB more  |
 *   0              244   256                                2048
 *                   └── iovec[0] ─────────────────────────────┘└── iovec[1] ─────────┘
 * </pre>
 *
 * <p>Buffers that a frame did not use, or that a frame was dropped from, are used for the next
 * read; a frame is given away only when its successor is in hand. So an empty pool drops frames,
 * counted, and never stalls the queue.
 */
final class TapRxQueue extends RxQueue {

  /** Bytes of the header in front of each frame ({@code TUNSETVNETHDRSZ}). */
  static final int VNET_HDR = 12;

  /**
   * What one receive takes at most, so that what it read is still in the cache when it is written.
   */
  private static final int BYTES_MAX = 256 * 1024;

  private static final int HEAD_OFFSET = FrameSlab.HEADROOM - VNET_HDR;
  private static final int HEAD_BYTES = FrameSlab.FRAME_SIZE - HEAD_OFFSET;

  private final TapDevice tap;
  private final FramePool pool;
  private final FrameTable table;
  private final FrameSlab slab;
  private final MemorySegment memory;
  private final long slabAddress;
  private final MemorySegment vectors = Arena.ofAuto().allocate(32, 8);
  private final HotCalls calls = new HotCalls();
  private volatile int fd = NO_FD;
  private int frame = FrameSlab.NONE;
  private int block = FrameSlab.NONE;
  private boolean dead;

  TapRxQueue(TapDevice tap, int index, Cpu cpu) {
    super(tap, index, cpu);
    this.tap = tap;
    this.pool = cpu.frames();
    this.slab = cpu.memory().slab();
    this.table = slab.table();
    this.memory = slab.data();
    this.slabAddress = memory.address();
    vectors.set(JAVA_LONG, 8, HEAD_BYTES);
    vectors.set(JAVA_LONG, 24, FrameSlab.BLOCK_SIZE);
  }

  /** Control plane, while nobody polls. */
  void attach(int descriptor) {
    fd = descriptor;
    dead = false;
  }

  /** Control plane, when nobody polls any more. */
  void detach() {
    fd = NO_FD;
  }

  @Override
  public int eventFd() {
    return fd;
  }

  @Override
  public int receive(int[] frames, int max) {
    if (dead || !ensureBuffers()) {
      return 0;
    }
    int n = 0;
    long bytes = 0;
    int from = fd;
    while (n < max && bytes < BYTES_MAX) {
      long r = calls.readv(from, vectors.address(), block == FrameSlab.NONE ? 1 : 2);
      if (r < 0) {
        ended((int) -r);
        break;
      }
      int length = (int) r - VNET_HDR;
      DropReason reason = describe(length);
      int taken = frame;
      if (reason == null) {
        reason = replaceBuffers(length > HEAD_BYTES - VNET_HDR);
      }
      if (reason == null) {
        frames[n++] = taken;
        bytes += length;
      } else {
        dropped(reason);
      }
    }
    if (n > 0) {
      stats().packets().add(n);
      stats().bytes().add(bytes);
    }
    return n;
  }

  private boolean ensureBuffers() {
    if (frame == FrameSlab.NONE) {
      setFrame(pool.alloc());
    }
    if (block == FrameSlab.NONE) {
      setBlock(pool.allocBlock()); // without one, large frames are cut off and dropped
    }
    return frame != FrameSlab.NONE;
  }

  private void setFrame(int f) {
    frame = f;
    vectors.set(JAVA_LONG, 0, slabAddress + FrameSlab.offsetOf(f) + HEAD_OFFSET);
  }

  private void setBlock(int b) {
    block = b;
    vectors.set(JAVA_LONG, 16, slabAddress + FrameSlab.offsetOf(b));
  }

  /** Writes the frame's descriptor, and checks what the host says of it; null = believed. */
  private @Nullable DropReason describe(int length) {
    if (length < Ethernet.HEADER_LENGTH) {
      return DropReason.PKT_TOO_SMALL;
    }
    int linear = Math.min(length, HEAD_BYTES - VNET_HDR);
    table.reset(frame, FrameSlab.HEADROOM, linear);
    table.rxDevice(frame, tap.ifindex());
    table.rxQueue(frame, index());
    if (length > linear) {
      table.reset(block, 0, length - linear);
      table.next(frame, block);
    } else if (block == FrameSlab.NONE && length == HEAD_BYTES - VNET_HDR) {
      return DropReason.NOMEM; // it may have been longer
    }
    return VnetHeaders.receive(memory, FrameSlab.offsetOf(frame) + HEAD_OFFSET, slab, frame);
  }

  /** Gets successors for the buffers that the frame takes with it; all or nothing. */
  private @Nullable DropReason replaceBuffers(boolean large) {
    int nextBlock = large ? pool.allocBlock() : block;
    if (large && nextBlock == FrameSlab.NONE) {
      return DropReason.NOMEM;
    }
    int nextFrame = pool.alloc();
    if (nextFrame == FrameSlab.NONE) {
      if (large) {
        pool.put(nextBlock);
      }
      return DropReason.NOMEM;
    }
    setFrame(nextFrame);
    if (large) {
      setBlock(nextBlock);
    }
    return null;
  }

  private void dropped(DropReason reason) {
    if (reason == DropReason.NOMEM) {
      stats().drops().increment();
    } else {
      stats().errors().increment();
    }
    cpu().drops().count(tap.ifindex(), reason);
  }

  private void ended(int errno) {
    if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
      return;
    }
    dead = true;
    tap.lost(errno);
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
    if (frame != FrameSlab.NONE) {
      pool.put(frame);
      frame = FrameSlab.NONE;
    }
    if (block != FrameSlab.NONE) {
      pool.put(block);
      block = FrameSlab.NONE;
    }
  }
}
