package io.dataplane.drivers.tap;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.dataplane.base.DropReason;
import io.dataplane.drivers.nativeio.RawMemory;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.offload.VnetHeaders;
import io.dataplane.wire.Ethernet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that the next reads of a TAP queue go to: in each slot a slab frame, and behind it a
 * spare block for what does not fit.
 *
 * <pre>
 *   frame                                                       block
 *   |   head room   | hdr |  Ethernet header, ... 1,792 bytes  ||  up to 64 KiB more  |
 *   0              246   256                                2048
 *                   └── iovec[0] ─────────────────────────────┘└── iovec[1] ─────────┘
 * </pre>
 *
 * <p>A frame is given away only when its successor is in hand; one that is dropped leaves its
 * buffers for the next read. So an empty pool costs frames, counted, but never stalls the queue.
 * Owned by the queue's worker.
 */
final class TapRxSlots {

  /**
   * Bytes of the header in front of each frame ({@code TUNSETVNETHDRSZ}): the short form, because
   * the two bytes that the long one adds cost the kernel a call of its own per frame to set to
   * zero.
   */
  static final int VNET_HDR = 10;

  private static final int HEAD_OFFSET = FrameSlab.HEADROOM - VNET_HDR;
  private static final int HEAD_BYTES = FrameSlab.FRAME_SIZE - HEAD_OFFSET;
  private static final int LINEAR_MAX = HEAD_BYTES - VNET_HDR;
  private static final int LENGTH_MAX = LINEAR_MAX + FrameSlab.BLOCK_SIZE;
  private static final int SLOT_BYTES = 32;

  private final FramePool pool;
  private final FrameSlab slab;
  private final FrameTable table;
  private final MemorySegment memory;
  private final long slabAddress;
  private final MemorySegment vectors;
  private final long vectorsAddress;
  private final int[] frames;
  private final int[] blocks;

  TapRxSlots(Cpu cpu, int count) {
    this.pool = cpu.frames();
    this.slab = cpu.memory().slab();
    this.table = slab.table();
    this.memory = slab.data();
    this.slabAddress = memory.address();
    this.vectors = Arena.ofAuto().allocate((long) count * SLOT_BYTES, 16);
    this.vectorsAddress = vectors.address();
    this.frames = new int[count];
    this.blocks = new int[count];
    Arrays.fill(frames, FrameSlab.NONE);
    Arrays.fill(blocks, FrameSlab.NONE);
    for (int i = 0; i < count; i++) {
      vectors.set(JAVA_LONG, (long) i * SLOT_BYTES + 8, HEAD_BYTES);
      vectors.set(JAVA_LONG, (long) i * SLOT_BYTES + 24, FrameSlab.BLOCK_SIZE);
    }
  }

  /**
   * Makes slots ready.
   *
   * @param wanted how many
   * @return how many of the first ones are; 0 where no frame is free
   */
  int ensure(int wanted) {
    for (int i = 0; i < wanted; i++) {
      if (frames[i] == FrameSlab.NONE && !fill(i)) {
        return i;
      }
    }
    return wanted;
  }

  private boolean fill(int i) {
    int frame = pool.alloc();
    if (frame == FrameSlab.NONE) {
      return false;
    }
    int block = pool.allocBlock();
    if (block == FrameSlab.NONE && i > 0) {
      pool.put(frame);
      return false;
    }
    setFrame(i, frame);
    setBlock(i, block); // the first slot does without: large frames are cut off and dropped
    return true;
  }

  private void setFrame(int i, int frame) {
    frames[i] = frame;
    long address = slabAddress + FrameSlab.offsetOf(frame) + HEAD_OFFSET;
    RawMemory.putLong(vectors(i), address);
  }

  private void setBlock(int i, int block) {
    blocks[i] = block;
    if (block != FrameSlab.NONE) {
      long address = slabAddress + FrameSlab.offsetOf(block);
      RawMemory.putLong(vectors(i) + 16, address);
    }
  }

  /** Address of a slot's vectors. */
  long vectors(int i) {
    return vectorsAddress + (long) i * SLOT_BYTES;
  }

  /** How many vectors a slot has. */
  int parts(int i) {
    return blocks[i] == FrameSlab.NONE ? 1 : 2;
  }

  /** The frame in a slot. */
  int frame(int i) {
    return frames[i];
  }

  /**
   * Takes over what was read into a slot: writes the frame's descriptor, checks what the host says
   * of it, and puts successors into the slot.
   *
   * @param i the slot
   * @param bytes what the read answered, header included
   * @param ifindex the device
   * @param queue the queue
   * @return null where the frame that was in the slot is now the caller's; else why it was dropped
   */
  @Nullable DropReason accept(int i, int bytes, int ifindex, int queue) {
    int length = bytes - VNET_HDR;
    if (length < Ethernet.HEADER_LENGTH) {
      return DropReason.PKT_TOO_SMALL;
    }
    if (length == LENGTH_MAX) {
      return DropReason.PKT_TOO_BIG; // it may have been longer
    }
    int frame = frames[i];
    int block = blocks[i];
    boolean large = length > LINEAR_MAX;
    table.reset(frame, FrameSlab.HEADROOM, large ? LINEAR_MAX : length);
    table.rxDevice(frame, ifindex);
    table.rxQueue(frame, queue);
    if (large) {
      table.reset(block, 0, length - LINEAR_MAX);
      table.next(frame, block);
    } else if (block == FrameSlab.NONE && length == LINEAR_MAX) {
      setBlock(i, pool.allocBlock());
      return DropReason.NOMEM; // it may have been longer
    }
    DropReason reason =
        VnetHeaders.receive(memory, FrameSlab.offsetOf(frame) + HEAD_OFFSET, slab, frame);
    return reason != null ? reason : replace(i, large);
  }

  /** Gets successors for the buffers that a frame takes with it; all or nothing. */
  private @Nullable DropReason replace(int i, boolean large) {
    int frame = pool.alloc();
    if (frame == FrameSlab.NONE) {
      return DropReason.NOMEM;
    }
    if (large || blocks[i] == FrameSlab.NONE) {
      int block = pool.allocBlock();
      if (large && block == FrameSlab.NONE) {
        pool.put(frame);
        return DropReason.NOMEM;
      }
      setBlock(i, block);
    }
    setFrame(i, frame);
    return null;
  }

  /** Gives all buffers back. */
  void release() {
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] != FrameSlab.NONE) {
        pool.put(frames[i]);
        frames[i] = FrameSlab.NONE;
      }
      if (blocks[i] != FrameSlab.NONE) {
        pool.put(blocks[i]);
        blocks[i] = FrameSlab.NONE;
      }
    }
  }
}
