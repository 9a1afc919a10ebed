package io.dataplane.packet;

import io.dataplane.base.Checks;
import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.memory.Offload;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A packet on its way through the stack: {@code struct sk_buff}, with its names and rules.
 *
 * <pre>
 *   head                data                        tail              end
 *    |     headroom      |      headlen bytes        |    tailroom     |   + frags: dataLen bytes
 *    0                  data                        tail              end
 *                        |&lt;------------------ len = headlen + dataLen ------------------&gt;|
 * </pre>
 *
 * <p>{@code data}, {@code tail}, {@code end} and the header offsets count bytes from {@code head},
 * which is a frame's (or block's) first byte in the slab. Bytes are read and written through {@link
 * #memory()} at {@link #position()} + n, after {@link #mayPull} has said that n bytes are linear.
 * Bytes may be shared with clones: {@link #cow} or {@link #unshare} before writing.
 *
 * <p>A cursor operation that would leave the buffer is refused ({@code skb_over_panic}, {@code
 * skb_under_panic}): under test it throws {@link SkbPanicException}, in production the packet is
 * marked {@link #panicked()} and dropped at the next hand-over.
 *
 * <p>Copying operations are in {@link SkbCopy}, reached through the methods here. Owned by one
 * worker's thread. Follows include/linux/skbuff.h and net/core/skbuff.c.
 */
public final class SkBuff extends SkbGeometry {

  private final FrameTable table;
  private final MemorySegment memory;

  private int users;

  SkBuff(Cpu cpu) {
    super(cpu);
    this.table = cpu.memory().slab().table();
    this.memory = cpu.memory().slab().data();
  }

  // ---------------------------------------------------------------- life

  /** An empty packet over a buffer. */
  void init(int frame) {
    data = 0;
    tail = 0;
    len = 0;
    macHeader = UNSET;
    hash = 0;
    iif = 0;
    queueMapping = 0;
    tstampNs = 0;
    begin(frame);
  }

  /** What every new packet has in common; {@code next} and {@code dev} were cleared by recycle. */
  private void begin(int frame) {
    users = 1;
    panicked = false;
    headFrame = frame;
    head = FrameSlab.offsetOf(frame);
    end = cpu.memory().slab().sizeOf(frame);
    dataLen = 0;
    fragCount = 0;
    networkHeader = UNSET;
    transportHeader = UNSET;
    ipSummed = Offload.CSUM_NONE;
    gsoType = 0;
    gsoSize = 0;
    protocol = 0;
    vlan = 0;
    mark = 0;
    pktType = PACKET_HOST;
    metaLength = 0;
  }

  boolean adopt(int frame, SkbDev from) {
    int offset = table.offset(frame);
    int length = table.length(frame);
    data = offset;
    len = length;
    tail = offset + length;
    macHeader = offset;
    hash = table.hash(frame);
    iif = from.ifindex();
    queueMapping = table.rxQueue(frame);
    tstampNs = table.tstampNs(frame);
    begin(frame);
    int behind = table.next(frame);
    if (behind != FrameSlab.NONE && !adoptFrags(behind)) {
      return false;
    }
    if (!table.isPlain(frame)) {
      vlan = table.vlan(frame);
      metaLength = table.metaLength(frame);
      offload(table.offload(frame));
    }
    dev = from;
    return true;
  }

  private boolean adoptFrags(int first) {
    for (int b = first; b != FrameSlab.NONE; b = table.next(b)) {
      if (fragCount == MAX_FRAGS) {
        return false;
      }
      appendFrag(b, table.offset(b), table.length(b));
    }
    return true;
  }

  /**
   * Takes checksum and GSO state from their packed form; csum start there counts from the first
   * byte of data.
   */
  private void offload(long offload) {
    ipSummed = Offload.csum(offload);
    csumStart = ipSummed == Offload.CSUM_PARTIAL ? data + Offload.csumStart(offload) : 0;
    csumOffset = Offload.csumOffset(offload);
    gsoType = Offload.gsoType(offload);
    gsoSize = Offload.gsoSize(offload);
  }

  /**
   * The packet's form, packed as a frame's descriptor holds it.
   *
   * @return see {@link Offload}
   */
  public long offload() {
    if ((ipSummed | gsoType) == 0) {
      return 0;
    }
    if (ipSummed != Offload.CSUM_PARTIAL) {
      return Offload.of(ipSummed, 0, 0, gsoType, gsoSize);
    }
    int start = csumStart - data;
    return start < 0 // what was to be summed has been pulled off
        ? 0
        : Offload.of(Offload.CSUM_PARTIAL, start, csumOffset, gsoType, gsoSize);
  }

  /**
   * Takes another reference on the packet itself ({@code skb_get}).
   *
   * @return this
   */
  public SkBuff get() {
    users++;
    return this;
  }

  /** Ends a reference on a packet that reached its end in good order ({@code consume_skb}). */
  public void consume() {
    if (--users > 0) {
      return;
    }
    if (users < 0) {
      users = 0;
      if (Checks.STRICT) {
        throw new IllegalStateException("SkBuff freed twice");
      }
      return;
    }
    frames.put(headFrame);
    for (int i = 0; i < fragCount; i++) {
      frames.put(fragFrame[i]);
    }
    recycle();
  }

  /**
   * Ends a reference on a packet that is dropped, and counts it against its device ({@code
   * kfree_skb_reason}).
   *
   * @param reason why
   */
  public void free(DropReason reason) {
    SkbDev d = dev;
    cpu.drops().count(d == null ? 0 : d.ifindex(), reason);
    consume();
  }

  private void recycle() {
    next = null;
    dev = null;
    fragCount = 0;
    cpu.skbs().giveBack(this);
  }

  /**
   * Ends the packet but keeps its bytes, as a chain of frames that may go to another worker or stay
   * in a ring. Buffers that somebody else holds are copied first.
   *
   * @return the head frame, owned by the caller; or {@link FrameSlab#NONE} where memory for the
   *     copy is used up (the packet is untouched then)
   */
  public int detach() {
    if (users != 1 || isAnyBufferShared()) {
      SkBuff copy = SkbCopy.copy(this);
      if (copy == null) {
        return FrameSlab.NONE;
      }
      int frame = copy.detach();
      consume();
      return frame;
    }
    int frame = headFrame;
    table.reset(frame, data, tail - data);
    if ((ipSummed | gsoType | vlan | metaLength | hash) != 0) {
      table.offload(frame, offload());
      table.vlan(frame, vlan);
      table.hash(frame, hash);
      table.metaLength(frame, metaLength);
    }
    table.rxDevice(frame, iif);
    int last = frame;
    for (int i = 0; i < fragCount; i++) {
      int b = fragFrame[i];
      table.reset(b, fragOffset[i], fragLength[i]);
      table.next(last, b);
      last = b;
    }
    users = 0;
    recycle();
    return frame;
  }

  /**
   * Ends a linear packet but keeps its reference on the head buffer, for a driver that has noted
   * where the bytes are and needs only to free them later. The SkBuff is used next at once, while
   * it is in the cache, instead of waiting in a batch.
   *
   * @return the head buffer, a reference on which is the caller's; or {@link FrameSlab#NONE} where
   *     the packet has fragments or another holder (it is untouched then)
   */
  public int releaseHead() {
    if (fragCount != 0 || users != 1) {
      return FrameSlab.NONE;
    }
    users = 0;
    recycle();
    return headFrame;
  }

  private boolean isAnyBufferShared() {
    boolean shared = frames.isShared(headFrame);
    for (int i = 0; i < fragCount; i++) {
      shared |= frames.isShared(fragFrame[i]);
    }
    return shared;
  }

  /**
   * Another packet over the same bytes ({@code skb_clone}).
   *
   * @return the clone, or null where SkBuffs are used up
   */
  public @Nullable SkBuff cloneSkb() {
    SkBuff n = cpu.skbs().take();
    if (n == null) {
      return null;
    }
    n.init(headFrame);
    n.copyFrom(this);
    frames.get(headFrame);
    for (int i = 0; i < fragCount; i++) {
      frames.get(fragFrame[i]);
      n.appendFrag(fragFrame[i], fragOffset[i], fragLength[i]);
    }
    return n;
  }

  /** Takes cursors and all metadata of another packet, but no buffer. */
  private void copyFrom(SkBuff from) {
    data = from.data;
    tail = from.tail;
    len = from.tail - from.data;
    copyHeader(from);
  }

  /**
   * Takes all metadata of another packet but cursors and buffers ({@code __copy_skb_header});
   * header offsets are taken as they are, so both must have the same head room or be set after.
   *
   * @param from the other packet
   */
  public void copyHeader(SkBuff from) {
    dev = from.dev;
    panicked = from.panicked;
    macHeader = from.macHeader;
    networkHeader = from.networkHeader;
    transportHeader = from.transportHeader;
    ipSummed = from.ipSummed;
    csum = from.csum;
    csumStart = from.csumStart;
    csumOffset = from.csumOffset;
    gsoType = from.gsoType;
    gsoSize = from.gsoSize;
    protocol = from.protocol;
    vlan = from.vlan;
    mark = from.mark;
    hash = from.hash;
    pktType = from.pktType;
    metaLength = from.metaLength;
    iif = from.iif;
    queueMapping = from.queueMapping;
    tstampNs = from.tstampNs;
  }

  // ---------------------------------------------------------------- bytes

  /**
   * Makes sure that the first {@code n} bytes are linear ({@code pskb_may_pull}).
   *
   * @param n bytes
   * @return false where the packet is shorter or memory is used up; the packet is as before then
   */
  public boolean mayPull(int n) {
    return n <= tail - data || SkbCopy.pullTail(this, n);
  }

  /**
   * A private copy of all bytes ({@code skb_copy}); same head room, same form.
   *
   * @return the copy, or null where memory is used up
   */
  public @Nullable SkBuff copy() {
    return SkbCopy.copy(this);
  }

  /**
   * This packet if nobody shares its bytes, else a private copy of it, and this one is consumed
   * ({@code skb_unshare}).
   *
   * @return a packet whose bytes may be changed, or null where memory is used up; this one is
   *     dropped and counted then
   */
  public @Nullable SkBuff unshare() {
    if (users == 1 && !isAnyBufferShared()) {
      return this;
    }
    SkBuff copy = SkbCopy.copy(this);
    if (copy == null) {
      free(DropReason.NOMEM);
      return null;
    }
    consume();
    return copy;
  }

  /**
   * Makes the linear part private, with at least {@code headroom} bytes in front of it ({@code
   * skb_cow_head}); fragments may stay shared.
   *
   * @param headroom bytes wanted
   * @return false where memory is used up or the room is not to be had in one buffer; the packet is
   *     as before then
   */
  public boolean cow(int headroom) {
    if (headroom <= data && !frames.isShared(headFrame)) {
      return true;
    }
    return SkbCopy.expandHead(this, Math.max(0, headroom - data), 0);
  }

  /**
   * Gives the linear part a new private buffer with more room at both ends ({@code
   * pskb_expand_head}).
   *
   * @param nhead further bytes of head room
   * @param ntail further bytes of tail room
   * @return false where memory is used up or no buffer is so large; the packet is as before then
   */
  public boolean expandHead(int nhead, int ntail) {
    return SkbCopy.expandHead(this, nhead, ntail);
  }

  /**
   * Makes the whole packet linear ({@code skb_linearize}).
   *
   * @return false where memory is used up or no buffer is so large; the packet is as before then
   */
  public boolean linearize() {
    return dataLen == 0 || SkbCopy.pullTail(this, len);
  }

  /**
   * Copies bytes out, across fragments ({@code skb_copy_bits}).
   *
   * @param offset first byte, from data
   * @param to where to
   * @param toOffset first byte there
   * @param n how many
   * @return false where the packet has not that many; nothing is copied then
   */
  public boolean copyBits(int offset, MemorySegment to, long toOffset, int n) {
    return SkbCopy.copyBits(this, offset, to, toOffset, n);
  }

  /**
   * Copies bytes in, across fragments ({@code skb_store_bits}); the caller knows that nobody shares
   * them.
   *
   * @param offset first byte, from data
   * @param from where from
   * @param fromOffset first byte there
   * @param n how many
   * @return false where the packet has not that many; nothing is copied then
   */
  public boolean storeBits(int offset, MemorySegment from, long fromOffset, int n) {
    return SkbCopy.storeBits(this, offset, from, fromOffset, n);
  }

  // ---------------------------------------------------------------- fields

  /**
   * The slab, in which {@link #position()} counts.
   *
   * @return all frames
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Whether more than one reference on the packet itself is held ({@code skb_shared}).
   *
   * @return true where so
   */
  public boolean isShared() {
    return users > 1;
  }

  /**
   * Whether the linear bytes are shared with another packet or a ring ({@code skb_cloned}).
   *
   * @return true where so
   */
  public boolean isCloned() {
    return frames.isShared(headFrame);
  }

  @Override
  public String toString() {
    return SkbPanic.describe("skb", this, 0);
  }
}
