package io.dataplane.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The descriptors of all frames, one cache line each: what {@code struct page}, {@code struct
 * xdp_frame} and the virtio-net header are to the kernel. It travels with the frame, so that a
 * ring, a redirect or another worker needs only the index.
 *
 * <pre>
 *   0        8         16        24         32         40         48        56        64
 *   | offset | length  | next    | refs     | csum...  | gso...   | hash    | tstamp  |
 *   | int int| int  int| int int            | long     | long     | int int | long    |
 *
 *     0  int   offset      first byte of data, from the frame's start
 *     4  int   length      bytes of data in this buffer
 *     8  int   next        next buffer of the same packet, or -1
 *    12  int   refs        how many SkBuffs or rings hold the buffer; 0 = free
 *    16  int   metaLength  bytes of XDP metadata right in front of the data
 *    20  int   vlan        802.1Q tag: TPID &lt;&lt; 16 | TCI, 0 = none           (head only, as is all below)
 *    24  long  offload     form of the packet, see {@link Offload}
 *    32  int   hash        flow hash, 0 = not known
 *    36  int   rxDevice    ifindex of the device it came in by
 *    40  int   rxQueue     index of the queue it came in by
 *    44  int   home        worker whose pool the buffer belongs to
 *    48  long  tstampNs    when it arrived, 0 = not stamped by hardware
 *    56        unused
 * </pre>
 *
 * <p>Accessors are unsynchronized: an entry belongs to the thread that owns the frame. A frame
 * index outside the slab throws {@link IndexOutOfBoundsException} and touches nothing.
 */
public final class FrameTable {

  /** Bytes of an entry: a cache line. */
  public static final int ENTRY_SIZE = 64;

  private static final int SHIFT = 6;
  private static final int OFFSET = 0;
  private static final int LENGTH = 4;
  private static final int NEXT = 8;
  private static final int REFS = 12;
  private static final int META_LENGTH = 16;
  private static final int VLAN = 20;
  private static final int OFFLOAD = 24;
  private static final int HASH = 32;
  private static final int RX_DEVICE = 36;
  private static final int RX_QUEUE = 40;
  private static final int HOME = 44;
  private static final int TSTAMP = 48;

  private final MemorySegment entries;

  FrameTable(MemorySegment entries) {
    this.entries = entries;
  }

  /**
   * Writes what a driver knows of a plain received frame: one buffer, no tag, no offload, no
   * metadata.
   *
   * @param frame the frame
   * @param offset first byte of data, from the frame's start
   * @param length bytes of data
   */
  public void reset(int frame, int offset, int length) {
    long at = (long) frame << SHIFT;
    entries.set(JAVA_INT, at + OFFSET, offset);
    entries.set(JAVA_INT, at + LENGTH, length);
    entries.set(JAVA_INT, at + NEXT, FrameSlab.NONE);
    entries.set(JAVA_LONG, at + META_LENGTH, 0); // and VLAN
    entries.set(JAVA_LONG, at + OFFLOAD, 0);
    entries.set(JAVA_LONG, at + HASH, 0); // and RX_DEVICE
    entries.set(JAVA_LONG, at + TSTAMP, 0);
  }

  /**
   * First byte of data.
   *
   * @param frame the frame
   * @return bytes from the frame's start
   */
  public int offset(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + OFFSET);
  }

  /**
   * Sets: first byte of data.
   *
   * @param frame the frame
   * @param offset bytes from the frame's start
   */
  public void offset(int frame, int offset) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + OFFSET, offset);
  }

  /**
   * Bytes of data in this buffer.
   *
   * @param frame the frame
   * @return bytes
   */
  public int length(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + LENGTH);
  }

  /**
   * Sets: bytes of data in this buffer.
   *
   * @param frame the frame
   * @param length bytes
   */
  public void length(int frame, int length) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + LENGTH, length);
  }

  /**
   * Next buffer of the same packet.
   *
   * @param frame the frame
   * @return a frame or block, or {@link FrameSlab#NONE}
   */
  public int next(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + NEXT);
  }

  /**
   * Sets: next buffer of the same packet.
   *
   * @param frame the frame
   * @param next a frame or block, or {@link FrameSlab#NONE}
   */
  public void next(int frame, int next) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + NEXT, next);
  }

  /**
   * How many hold the buffer.
   *
   * @param frame the frame
   * @return 0 = free
   */
  public int refs(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + REFS);
  }

  /**
   * Sets: how many hold the buffer.
   *
   * @param frame the frame
   * @param refs 0 = free
   */
  public void refs(int frame, int refs) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + REFS, refs);
  }

  /**
   * Bytes of XDP metadata in front of the data.
   *
   * @param frame the frame
   * @return bytes, 0 .. 252
   */
  public int metaLength(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + META_LENGTH);
  }

  /**
   * Sets: bytes of XDP metadata in front of the data.
   *
   * @param frame the frame
   * @param metaLength bytes, 0 .. 252
   */
  public void metaLength(int frame, int metaLength) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + META_LENGTH, metaLength);
  }

  /**
   * 802.1Q tag.
   *
   * @param frame the frame
   * @return TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public int vlan(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + VLAN);
  }

  /**
   * Sets: 802.1Q tag.
   *
   * @param frame the frame
   * @param vlan TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public void vlan(int frame, int vlan) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + VLAN, vlan);
  }

  /**
   * Form of the packet.
   *
   * @param frame the frame
   * @return as packed by {@link Offload}
   */
  public long offload(int frame) {
    return entries.get(JAVA_LONG, ((long) frame << SHIFT) + OFFLOAD);
  }

  /**
   * Sets: form of the packet.
   *
   * @param frame the frame
   * @param offload as packed by {@link Offload}
   */
  public void offload(int frame, long offload) {
    entries.set(JAVA_LONG, ((long) frame << SHIFT) + OFFLOAD, offload);
  }

  /**
   * Flow hash.
   *
   * @param frame the frame
   * @return 0 = not known
   */
  public int hash(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + HASH);
  }

  /**
   * Sets: flow hash.
   *
   * @param frame the frame
   * @param hash 0 = not known
   */
  public void hash(int frame, int hash) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + HASH, hash);
  }

  /**
   * Ifindex of the receiving device.
   *
   * @param frame the frame
   * @return 0 = none
   */
  public int rxDevice(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + RX_DEVICE);
  }

  /**
   * Sets: ifindex of the receiving device.
   *
   * @param frame the frame
   * @param rxDevice 0 = none
   */
  public void rxDevice(int frame, int rxDevice) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + RX_DEVICE, rxDevice);
  }

  /**
   * Index of the receiving queue.
   *
   * @param frame the frame
   * @return from 0
   */
  public int rxQueue(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + RX_QUEUE);
  }

  /**
   * Sets: index of the receiving queue.
   *
   * @param frame the frame
   * @param rxQueue from 0
   */
  public void rxQueue(int frame, int rxQueue) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + RX_QUEUE, rxQueue);
  }

  /**
   * Worker whose pool the buffer belongs to.
   *
   * @param frame the frame
   * @return from 0
   */
  public int home(int frame) {
    return entries.get(JAVA_INT, ((long) frame << SHIFT) + HOME);
  }

  /**
   * Sets: worker whose pool the buffer belongs to.
   *
   * @param frame the frame
   * @param home from 0
   */
  public void home(int frame, int home) {
    entries.set(JAVA_INT, ((long) frame << SHIFT) + HOME, home);
  }

  /**
   * Hardware arrival time.
   *
   * @param frame the frame
   * @return nanoseconds, 0 = not stamped
   */
  public long tstampNs(int frame) {
    return entries.get(JAVA_LONG, ((long) frame << SHIFT) + TSTAMP);
  }

  /**
   * Sets: hardware arrival time.
   *
   * @param frame the frame
   * @param tstampNs nanoseconds, 0 = not stamped
   */
  public void tstampNs(int frame, long tstampNs) {
    entries.set(JAVA_LONG, ((long) frame << SHIFT) + TSTAMP, tstampNs);
  }

  /**
   * Whether a frame is plain, as most are: no tag, no metadata, no offload. One answer for three
   * fields, because the common case should not read them one by one.
   *
   * @param frame head of the frame
   * @return true where {@link #vlan}, {@link #metaLength} and {@link #offload} are all 0
   */
  public boolean isPlain(int frame) {
    long at = (long) frame << SHIFT;
    return (entries.get(JAVA_LONG, at + META_LENGTH) | entries.get(JAVA_LONG, at + OFFLOAD)) == 0;
  }

  /**
   * The bytes of a packet: its head and every buffer behind it.
   *
   * @param head the first buffer
   * @return bytes of data
   */
  public int totalLength(int head) {
    int total = 0;
    for (int b = head; b != FrameSlab.NONE; b = next(b)) {
      total += length(b);
    }
    return total;
  }
}
