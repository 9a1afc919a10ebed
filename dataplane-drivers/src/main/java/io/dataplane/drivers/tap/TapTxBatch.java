package io.dataplane.drivers.tap;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.dataplane.drivers.nativeio.RawMemory;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.VnetHeaders;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Frames gathered for one device until they are written: for each a list of {@code struct iovec},
 * and who is to be freed after.
 *
 * <p>The virtio-net header goes right in front of the data, into the frame's head room, where the
 * frame is ours alone; else into a place of the batch's own, as one more part. Owned by one worker.
 */
final class TapTxBatch {

  /** Frames a batch holds: a NAPI poll's worth. */
  static final int FRAMES_MAX = 64;

  private static final int PARTS_MAX = SkBuff.MAX_FRAGS + 2;
  private static final int VECTOR_BYTES = 16;
  private static final int SLOT_BYTES = PARTS_MAX * VECTOR_BYTES;
  private static final int HDR_SLOT_BYTES = 16;

  private final FramePool pool;
  private final FrameTable table;
  private final MemorySegment memory;
  private final long slabAddress;
  private final FrameSlab slab;
  private final MemorySegment vectors = Arena.ofAuto().allocate((long) FRAMES_MAX * SLOT_BYTES, 16);
  private final long vectorsAddress = vectors.address();
  private final MemorySegment headers =
      Arena.ofAuto().allocate((long) FRAMES_MAX * HDR_SLOT_BYTES, 16);
  private final @Nullable SkBuff[] skbs = new @Nullable SkBuff[FRAMES_MAX];
  private final int[] frames = new int[FRAMES_MAX];
  private final int[] parts = new int[FRAMES_MAX];
  private final int[] lengths = new int[FRAMES_MAX];
  private int count;

  TapTxBatch(Cpu cpu) {
    this.pool = cpu.frames();
    this.slab = cpu.memory().slab();
    this.table = slab.table();
    this.memory = slab.data();
    this.slabAddress = memory.address();
  }

  boolean isFull() {
    return count == FRAMES_MAX;
  }

  int count() {
    return count;
  }

  /** How many parts frame {@code i} has. */
  int parts(int i) {
    return parts[i];
  }

  /** Address of the first part. */
  long address(int i) {
    return RawMemory.getLong(vectors(i));
  }

  /** Bytes of the first part. */
  long length(int i) {
    return RawMemory.getLong(vectors(i) + 8);
  }

  /** Address of the vectors. */
  long vectors(int i) {
    return vectorsAddress + (long) i * SLOT_BYTES;
  }

  /** Bytes of frame {@code i}, without the virtio-net header. */
  int frameLength(int i) {
    return lengths[i];
  }

  /** Adds a packet; the batch owns it. */
  void add(SkBuff skb) {
    int i = count++;
    lengths[i] = skb.len();
    boolean inPlace = skb.data() >= TapRxSlots.VNET_HDR && !skb.isCloned();
    long header = head(i, skb.position(), skb.headlen(), inPlace);
    writeHeader(skb, inPlace ? memory : headers, header);
    for (int f = 0; f < skb.fragCount(); f++) {
      long start = FrameSlab.offsetOf(skb.fragFrame(f)) + skb.fragOffset(f);
      part(i, slabAddress + start, skb.fragLength(f));
    }
    int frame = skb.releaseHead();
    frames[i] = frame;
    if (frame == FrameSlab.NONE) {
      skbs[i] = skb;
    }
  }

  /** Adds a frame by index; the batch owns it. */
  void add(int frame) {
    int i = count++;
    frames[i] = chain(frame);
    lengths[i] = table.totalLength(frame);
    boolean inPlace = table.offset(frame) >= TapRxSlots.VNET_HDR && !pool.isShared(frame);
    long at = FrameSlab.offsetOf(frame) + table.offset(frame);
    long header = head(i, at, table.length(frame), inPlace);
    VnetHeaders.write(slab, frame, inPlace ? memory : headers, header);
    for (int b = table.next(frame);
        b != FrameSlab.NONE && parts[i] < PARTS_MAX;
        b = table.next(b)) {
      part(i, slabAddress + FrameSlab.offsetOf(b) + table.offset(b), table.length(b));
    }
  }

  /**
   * Notes the parts of header and linear data: one where the header goes into the head room, else
   * two.
   *
   * @return where the header goes, in the slab or in {@code headers}
   */
  private long head(int i, long at, int linear, boolean inPlace) {
    parts[i] = 0;
    if (inPlace) {
      long header = at - TapRxSlots.VNET_HDR;
      part(i, slabAddress + header, linear + TapRxSlots.VNET_HDR);
      return header;
    }
    long header = (long) i * HDR_SLOT_BYTES;
    part(i, headers.address() + header, TapRxSlots.VNET_HDR);
    part(i, slabAddress + at, linear);
    return header;
  }

  private static void writeHeader(SkBuff skb, MemorySegment to, long at) {
    if ((skb.ipSummed() | skb.gsoSize()) == 0) {
      to.set(JAVA_LONG_UNALIGNED, at, 0);
      to.set(JAVA_SHORT_UNALIGNED, at + 8, (short) 0);
    } else {
      VnetHeaders.write(skb, to, at);
    }
  }

  /**
   * Appends a part; there is room for one header, one head and every fragment that a packet may
   * have.
   */
  private void part(int i, long address, int length) {
    long at = vectors(i) + (long) parts[i]++ * VECTOR_BYTES;
    RawMemory.putLong(at, address);
    RawMemory.putLong(at + 8, length);
  }

  /** Marks a buffer that goes with all behind it; a single one is noted as it is. */
  private static int chain(int frame) {
    return -2 - frame;
  }

  /** Lets go of everything; what was written, and what could not be. */
  void clear() {
    for (int i = 0; i < count; i++) {
      int frame = frames[i];
      if (frame >= 0) {
        pool.put(frame);
      } else if (frame != FrameSlab.NONE) {
        pool.putChain(chain(frame));
      } else {
        consume(i);
      }
    }
    count = 0;
  }

  private void consume(int i) {
    SkBuff skb = skbs[i];
    skbs[i] = null;
    if (skb != null) {
      skb.consume();
    }
  }
}
