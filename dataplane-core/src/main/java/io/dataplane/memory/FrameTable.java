package io.dataplane.memory;

import java.util.Objects;

/**
 * The descriptors of all frames, 64 bytes each: what {@code struct page}, {@code struct xdp_frame}
 * and the virtio-net header are to the kernel. It travels with the frame, so that a ring, a
 * redirect or another worker needs only the index.
 *
 * <pre>
 *   int  0  offset      first byte of data, from the frame's start
 *        1  length      bytes of data in this buffer
 *        2  next        next buffer of the same packet, or -1
 *        3  refs        how many SkBuffs or rings hold the buffer; 0 = free
 *        4  metaLength  bytes of XDP metadata right in front of the data
 *        5  vlan        802.1Q tag: TPID &lt;&lt; 16 | TCI, 0 = none       (head only, as is all below)
 *     6, 7  offload     form of the packet, see {@link Offload}
 *        8  hash        flow hash, 0 = not known
 *        9  rxDevice    ifindex of the device it came in by
 *       10  rxQueue     index of the queue it came in by
 *       11  home        worker whose pool the buffer belongs to
 *   12, 13  tstampNs    when it arrived, 0 = not stamped by hardware
 *   14, 15  unused
 * </pre>
 *
 * <p>An array of ints rather than off-heap memory: a bounds check is one compare, where a segment
 * checks its session and alignment too (1,010 instructions a forwarded frame against 720).
 *
 * <p>Accessors are unsynchronized: an entry belongs to the thread that owns the frame. A frame
 * index outside the slab throws {@link IndexOutOfBoundsException} and touches nothing.
 */
public final class FrameTable {

  /** {@code log2} of the ints of an entry: 64 bytes, a cache line. */
  private static final int SHIFT = 4;

  private static final int OFFSET = 0;
  private static final int LENGTH = 1;
  private static final int NEXT = 2;
  private static final int REFS = 3;
  private static final int META_LENGTH = 4;
  private static final int VLAN = 5;
  private static final int OFFLOAD_LOW = 6;
  private static final int OFFLOAD_HIGH = 7;
  private static final int HASH = 8;
  private static final int RX_DEVICE = 9;
  private static final int RX_QUEUE = 10;
  private static final int HOME = 11;
  private static final int TSTAMP_LOW = 12;
  private static final int TSTAMP_HIGH = 13;

  private final int frames;
  private final int[] entries;

  FrameTable(int frames) {
    this.frames = frames;
    this.entries = new int[frames << SHIFT];
  }

  /** Where an entry begins. The array's own check does not do: a wild index may wrap into it. */
  private int at(int frame) {
    return Objects.checkIndex(frame, frames) << SHIFT;
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
    int[] e = entries;
    int at = at(frame);
    e[at + OFFSET] = offset;
    e[at + LENGTH] = length;
    e[at + NEXT] = FrameSlab.NONE;
    e[at + META_LENGTH] = 0;
    e[at + VLAN] = 0;
    e[at + OFFLOAD_LOW] = 0;
    e[at + OFFLOAD_HIGH] = 0;
    e[at + HASH] = 0;
    e[at + TSTAMP_LOW] = 0;
    e[at + TSTAMP_HIGH] = 0;
  }

  /**
   * First byte of data.
   *
   * @param frame the frame
   * @return bytes from the frame's start
   */
  public int offset(int frame) {
    return entries[at(frame) + OFFSET];
  }

  /**
   * Sets: first byte of data.
   *
   * @param frame the frame
   * @param offset bytes from the frame's start
   */
  public void offset(int frame, int offset) {
    entries[at(frame) + OFFSET] = offset;
  }

  /**
   * Bytes of data in this buffer.
   *
   * @param frame the frame
   * @return bytes
   */
  public int length(int frame) {
    return entries[at(frame) + LENGTH];
  }

  /**
   * Sets: bytes of data in this buffer.
   *
   * @param frame the frame
   * @param length bytes
   */
  public void length(int frame, int length) {
    entries[at(frame) + LENGTH] = length;
  }

  /**
   * Next buffer of the same packet.
   *
   * @param frame the frame
   * @return a frame or block, or {@link FrameSlab#NONE}
   */
  public int next(int frame) {
    return entries[at(frame) + NEXT];
  }

  /**
   * Sets: next buffer of the same packet.
   *
   * @param frame the frame
   * @param next a frame or block, or {@link FrameSlab#NONE}
   */
  public void next(int frame, int next) {
    entries[at(frame) + NEXT] = next;
  }

  /**
   * How many hold the buffer.
   *
   * @param frame the frame
   * @return 0 = free
   */
  public int refs(int frame) {
    return entries[at(frame) + REFS];
  }

  /**
   * Sets: how many hold the buffer.
   *
   * @param frame the frame
   * @param refs 0 = free
   */
  public void refs(int frame, int refs) {
    entries[at(frame) + REFS] = refs;
  }

  /**
   * Bytes of XDP metadata in front of the data.
   *
   * @param frame the frame
   * @return bytes, 0 .. 252
   */
  public int metaLength(int frame) {
    return entries[at(frame) + META_LENGTH];
  }

  /**
   * Sets: bytes of XDP metadata in front of the data.
   *
   * @param frame the frame
   * @param metaLength bytes, 0 .. 252
   */
  public void metaLength(int frame, int metaLength) {
    entries[at(frame) + META_LENGTH] = metaLength;
  }

  /**
   * 802.1Q tag.
   *
   * @param frame the frame
   * @return TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public int vlan(int frame) {
    return entries[at(frame) + VLAN];
  }

  /**
   * Sets: 802.1Q tag.
   *
   * @param frame the frame
   * @param vlan TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public void vlan(int frame, int vlan) {
    entries[at(frame) + VLAN] = vlan;
  }

  /**
   * Form of the packet.
   *
   * @param frame the frame
   * @return as packed by {@link Offload}
   */
  public long offload(int frame) {
    return joined(at(frame) + OFFLOAD_LOW);
  }

  /**
   * Sets: form of the packet.
   *
   * @param frame the frame
   * @param offload as packed by {@link Offload}
   */
  public void offload(int frame, long offload) {
    split(at(frame) + OFFLOAD_LOW, offload);
  }

  /**
   * Flow hash.
   *
   * @param frame the frame
   * @return 0 = not known
   */
  public int hash(int frame) {
    return entries[at(frame) + HASH];
  }

  /**
   * Sets: flow hash.
   *
   * @param frame the frame
   * @param hash 0 = not known
   */
  public void hash(int frame, int hash) {
    entries[at(frame) + HASH] = hash;
  }

  /**
   * Ifindex of the receiving device.
   *
   * @param frame the frame
   * @return 0 = none
   */
  public int rxDevice(int frame) {
    return entries[at(frame) + RX_DEVICE];
  }

  /**
   * Sets: ifindex of the receiving device.
   *
   * @param frame the frame
   * @param rxDevice 0 = none
   */
  public void rxDevice(int frame, int rxDevice) {
    entries[at(frame) + RX_DEVICE] = rxDevice;
  }

  /**
   * Index of the receiving queue.
   *
   * @param frame the frame
   * @return from 0
   */
  public int rxQueue(int frame) {
    return entries[at(frame) + RX_QUEUE];
  }

  /**
   * Sets: index of the receiving queue.
   *
   * @param frame the frame
   * @param rxQueue from 0
   */
  public void rxQueue(int frame, int rxQueue) {
    entries[at(frame) + RX_QUEUE] = rxQueue;
  }

  /**
   * Worker whose pool the buffer belongs to.
   *
   * @param frame the frame
   * @return from 0
   */
  public int home(int frame) {
    return entries[at(frame) + HOME];
  }

  /**
   * Sets: worker whose pool the buffer belongs to.
   *
   * @param frame the frame
   * @param home from 0
   */
  public void home(int frame, int home) {
    entries[at(frame) + HOME] = home;
  }

  /**
   * Hardware arrival time.
   *
   * @param frame the frame
   * @return nanoseconds, 0 = not stamped
   */
  public long tstampNs(int frame) {
    return joined(at(frame) + TSTAMP_LOW);
  }

  /**
   * Sets: hardware arrival time.
   *
   * @param frame the frame
   * @param tstampNs nanoseconds, 0 = not stamped
   */
  public void tstampNs(int frame, long tstampNs) {
    split(at(frame) + TSTAMP_LOW, tstampNs);
  }

  /**
   * Whether a frame is plain, as most are: no tag, no metadata, no offload. One answer for three
   * fields, because the common case should not read them one by one.
   *
   * @param frame head of the frame
   * @return true where {@link #vlan}, {@link #metaLength} and {@link #offload} are all 0
   */
  public boolean isPlain(int frame) {
    int[] e = entries;
    int at = at(frame);
    return (e[at + META_LENGTH] | e[at + VLAN] | e[at + OFFLOAD_LOW] | e[at + OFFLOAD_HIGH]) == 0;
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

  private long joined(int at) {
    return (long) entries[at + 1] << 32 | (entries[at] & 0xffff_ffffL);
  }

  private void split(int at, long value) {
    entries[at] = (int) value;
    entries[at + 1] = (int) (value >>> 32);
  }
}
