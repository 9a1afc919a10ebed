package io.dataplane.packet;

import io.dataplane.base.Checks;
import io.dataplane.base.DropReason;
import io.dataplane.memory.FramePool;
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
public final class SkBuff {

  /**
   * Fragments a packet may have ({@code MAX_SKB_FRAGS} as built for BIG TCP): 64 KiB in 1,448-byte
   * segments fits.
   */
  public static final int MAX_FRAGS = 45;

  /** What a refused cursor operation returns; as an address it is outside every buffer. */
  public static final long REFUSED = -1;

  /** A header offset that is not set. */
  public static final int UNSET = -1;

  /** Packet for this host, by its destination MAC. */
  public static final int PACKET_HOST = 0;

  /** Packet to the broadcast address. */
  public static final int PACKET_BROADCAST = 1;

  /** Packet to a group address. */
  public static final int PACKET_MULTICAST = 2;

  /** Packet for some other host. */
  public static final int PACKET_OTHERHOST = 3;

  private final Cpu cpu;
  private final FramePool frames;
  private final FrameTable table;
  private final MemorySegment memory;

  private @Nullable SkBuff next;
  private @Nullable SkbDev dev;
  private int users;
  private boolean panicked;

  private int headFrame;
  private long head;
  private int data;
  private int tail;
  private int end;
  private int len;
  private int dataLen;

  private int fragCount;
  private final int[] fragFrame = new int[MAX_FRAGS];
  private final int[] fragOffset = new int[MAX_FRAGS];
  private final int[] fragLength = new int[MAX_FRAGS];

  private int macHeader;
  private int networkHeader;
  private int transportHeader;

  private int ipSummed;
  private int csum;
  private int csumStart;
  private int csumOffset;
  private int gsoType;
  private int gsoSize;

  private int protocol;
  private int vlan;
  private int mark;
  private int hash;
  private int pktType;
  private int metaLength;
  private int iif;
  private int queueMapping;
  private long tstampNs;

  SkBuff(Cpu cpu) {
    this.cpu = cpu;
    this.frames = cpu.frames();
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

  // ---------------------------------------------------------------- cursors

  /**
   * Moves data and tail of an empty packet to make head room ({@code skb_reserve}).
   *
   * @param n bytes, 0 .. tailroom
   */
  public void reserve(int n) {
    if (n < 0 || len != 0 || n > end - tail) {
      SkbPanic.report("skb_reserve", this, n);
      return;
    }
    data += n;
    tail += n;
  }

  /**
   * Adds bytes in front ({@code skb_push}).
   *
   * @param n bytes, 0 .. {@link #headroom()}
   * @return position of the first byte in {@link #memory()}, or {@link #REFUSED}
   */
  public long push(int n) {
    if (n < 0 || n > data) {
      SkbPanic.report("skb_under_panic", this, n);
      return REFUSED;
    }
    data -= n;
    len += n;
    return head + data;
  }

  /**
   * Takes linear bytes off the front ({@code skb_pull}).
   *
   * @param n bytes, 0 .. {@link #headlen()}
   * @return position of the new first byte, or {@link #REFUSED} where fewer bytes are linear
   *     (nothing has changed then)
   */
  public long pull(int n) {
    if (n < 0 || n > tail - data) {
      return REFUSED;
    }
    data += n;
    len -= n;
    return head + data;
  }

  /**
   * Adds bytes at the end of a linear packet ({@code skb_put}).
   *
   * @param n bytes, 0 .. {@link #tailroom()}
   * @return position of the first byte added, or {@link #REFUSED}
   */
  public long put(int n) {
    if (n < 0 || dataLen != 0 || n > end - tail) {
      SkbPanic.report("skb_over_panic", this, n);
      return REFUSED;
    }
    long at = head + tail;
    tail += n;
    len += n;
    return at;
  }

  /**
   * Shortens the packet to {@code newLen} bytes, fragments included ({@code pskb_trim}).
   *
   * @param newLen bytes to keep; not less than 0; as many as there are or more changes nothing
   */
  public void trim(int newLen) {
    if (newLen < 0) {
      SkbPanic.report("skb_trim", this, newLen);
      return;
    }
    if (newLen >= len) {
      return;
    }
    int keep = Math.max(0, newLen - (tail - data));
    int kept = 0;
    int count = 0;
    for (int i = 0; i < fragCount; i++) {
      int n = Math.min(fragLength[i], keep - kept);
      if (n > 0) {
        fragLength[i] = n;
        kept += n;
        count++;
      } else {
        frames.put(fragFrame[i]);
      }
    }
    fragCount = count;
    dataLen = kept;
    tail = Math.min(tail, data + newLen);
    len = newLen;
    if (ipSummed == Offload.CSUM_COMPLETE) {
      ipSummed = Offload.CSUM_NONE; // the device's sum covered what was cut off
    }
  }

  /**
   * Appends a fragment ({@code skb_add_rx_frag}).
   *
   * @param frame a frame or block on which the caller has a reference, which passes to the packet
   * @param offset first byte, from the buffer's start
   * @param length bytes, at least 1
   * @return false where the packet has {@link #MAX_FRAGS} already or the bytes lie outside the
   *     buffer; the caller keeps its reference then
   */
  public boolean addFrag(int frame, int offset, int length) {
    if (fragCount == MAX_FRAGS
        || length < 1
        || offset < 0
        || length > cpu.memory().slab().sizeOf(frame) - offset) {
      return false;
    }
    appendFrag(frame, offset, length);
    return true;
  }

  private void appendFrag(int frame, int offset, int length) {
    int i = fragCount++;
    fragFrame[i] = frame;
    fragOffset[i] = offset;
    fragLength[i] = length;
    dataLen += length;
    len += length;
  }

  /**
   * Forgets the first bytes of the fragments, whose bytes have been copied into the linear part.
   */
  void eatFrags(int bytes) {
    int left = bytes;
    int count = 0;
    for (int i = 0; i < fragCount; i++) {
      int n = Math.min(left, fragLength[i]);
      left -= n;
      if (n == fragLength[i]) {
        frames.put(fragFrame[i]);
      } else {
        fragFrame[count] = fragFrame[i];
        fragOffset[count] = fragOffset[i] + n;
        fragLength[count++] = fragLength[i] - n;
      }
    }
    fragCount = count;
    dataLen -= bytes;
    tail += bytes;
  }

  /**
   * Exchanges the head buffer for a private one whose bytes are in place; header offsets move by
   * {@code shift}.
   */
  void replaceHead(int frame, int newData, int newTail) {
    int shift = newData - data;
    frames.put(headFrame);
    headFrame = frame;
    head = FrameSlab.offsetOf(frame);
    end = cpu.memory().slab().sizeOf(frame);
    data = newData;
    tail = newTail;
    shiftHeaders(shift);
  }

  /** Moves the header offsets with the data. */
  void shiftHeaders(int shift) {
    macHeader = macHeader == UNSET ? UNSET : macHeader + shift;
    networkHeader = networkHeader == UNSET ? UNSET : networkHeader + shift;
    transportHeader = transportHeader == UNSET ? UNSET : transportHeader + shift;
    if (ipSummed == Offload.CSUM_PARTIAL) {
      csumStart += shift;
    }
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

  void markPanicked() {
    panicked = true;
  }

  // ---------------------------------------------------------------- fields

  /**
   * The worker that owns the packet.
   *
   * @return its per-CPU data
   */
  public Cpu cpu() {
    return cpu;
  }

  /**
   * The slab, in which {@link #position()} counts.
   *
   * @return all frames
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Whether a cursor operation was refused; such a packet is dropped at the next hand-over.
   *
   * @return true where it was
   */
  public boolean panicked() {
    return panicked;
  }

  /**
   * The frame or block that holds the linear part.
   *
   * @return its index
   */
  public int headFrame() {
    return headFrame;
  }

  /**
   * Where the head buffer begins.
   *
   * @return bytes from the slab's start
   */
  public long head() {
    return head;
  }

  /**
   * Where data begins.
   *
   * @return bytes from head
   */
  public int data() {
    return data;
  }

  /**
   * Where linear data ends.
   *
   * @return bytes from head
   */
  public int tail() {
    return tail;
  }

  /**
   * Where the head buffer ends.
   *
   * @return bytes from head
   */
  public int end() {
    return end;
  }

  /**
   * All bytes of the packet.
   *
   * @return linear and fragments
   */
  public int len() {
    return len;
  }

  /**
   * Bytes in fragments.
   *
   * @return bytes, 0 = linear
   */
  public int dataLen() {
    return dataLen;
  }

  /**
   * Bytes in the linear part ({@code skb_headlen}).
   *
   * @return bytes
   */
  public int headlen() {
    return tail - data;
  }

  /**
   * Free bytes in front of data ({@code skb_headroom}).
   *
   * @return bytes
   */
  public int headroom() {
    return data;
  }

  /**
   * Free bytes behind the linear part ({@code skb_tailroom}).
   *
   * @return bytes, 0 where there are fragments
   */
  public int tailroom() {
    return dataLen != 0 ? 0 : end - tail;
  }

  /**
   * Where data begins in {@link #memory()}.
   *
   * @return bytes from the slab's start
   */
  public long position() {
    return head + data;
  }

  /**
   * How many fragments there are ({@code nr_frags}).
   *
   * @return 0 .. {@link #MAX_FRAGS}
   */
  public int fragCount() {
    return fragCount;
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

  /**
   * Whether the packet is to be segmented ({@code skb_is_gso}).
   *
   * @return true where so
   */
  public boolean isGso() {
    return gsoSize != 0;
  }

  /**
   * The buffer of fragment {@code i}.
   *
   * @param i from 0
   * @return the index
   */
  public int fragFrame(int i) {
    return fragFrame[i];
  }

  /**
   * The first byte of fragment {@code i}, from its buffer's start.
   *
   * @param i from 0
   * @return bytes
   */
  public int fragOffset(int i) {
    return fragOffset[i];
  }

  /**
   * The bytes of fragment {@code i}.
   *
   * @param i from 0
   * @return bytes
   */
  public int fragLength(int i) {
    return fragLength[i];
  }

  /**
   * The next packet of a list.
   *
   * @return a packet or null
   */
  public @Nullable SkBuff next() {
    return next;
  }

  /**
   * Sets the next packet of a list.
   *
   * @param next a packet or null
   */
  public void next(@Nullable SkBuff next) {
    this.next = next;
  }

  /**
   * The device it came in by or leaves by.
   *
   * @return a device or null
   */
  public @Nullable SkbDev dev() {
    return dev;
  }

  /**
   * Sets the device it came in by or leaves by.
   *
   * @param dev a device or null
   */
  public void dev(@Nullable SkbDev dev) {
    this.dev = dev;
  }

  /**
   * The offset of the link header.
   *
   * @return bytes from head, or {@link #UNSET}
   */
  public int macHeader() {
    return macHeader;
  }

  /**
   * Sets the offset of the link header.
   *
   * @param macHeader bytes from head, or {@link #UNSET}
   */
  public void macHeader(int macHeader) {
    this.macHeader = macHeader;
  }

  /**
   * The offset of the network header.
   *
   * @return bytes from head, or {@link #UNSET}
   */
  public int networkHeader() {
    return networkHeader;
  }

  /**
   * Sets the offset of the network header.
   *
   * @param networkHeader bytes from head, or {@link #UNSET}
   */
  public void networkHeader(int networkHeader) {
    this.networkHeader = networkHeader;
  }

  /**
   * The offset of the transport header.
   *
   * @return bytes from head, or {@link #UNSET}
   */
  public int transportHeader() {
    return transportHeader;
  }

  /**
   * Sets the offset of the transport header.
   *
   * @param transportHeader bytes from head, or {@link #UNSET}
   */
  public void transportHeader(int transportHeader) {
    this.transportHeader = transportHeader;
  }

  /**
   * The checksum state.
   *
   * @return a CSUM constant of {@link Offload}
   */
  public int ipSummed() {
    return ipSummed;
  }

  /**
   * Sets the checksum state.
   *
   * @param ipSummed a CSUM constant of {@link Offload}
   */
  public void ipSummed(int ipSummed) {
    this.ipSummed = ipSummed;
  }

  /**
   * The sum of the packet where the state is COMPLETE.
   *
   * @return 32-bit one's complement sum, unfolded
   */
  public int csum() {
    return csum;
  }

  /**
   * Sets the sum of the packet where the state is COMPLETE.
   *
   * @param csum 32-bit one's complement sum, unfolded
   */
  public void csum(int csum) {
    this.csum = csum;
  }

  /**
   * The where summing starts where the state is PARTIAL.
   *
   * @return bytes from head
   */
  public int csumStart() {
    return csumStart;
  }

  /**
   * Sets the where summing starts where the state is PARTIAL.
   *
   * @param csumStart bytes from head
   */
  public void csumStart(int csumStart) {
    this.csumStart = csumStart;
  }

  /**
   * The where the checksum goes where the state is PARTIAL.
   *
   * @return bytes from csumStart
   */
  public int csumOffset() {
    return csumOffset;
  }

  /**
   * Sets the where the checksum goes where the state is PARTIAL.
   *
   * @param csumOffset bytes from csumStart
   */
  public void csumOffset(int csumOffset) {
    this.csumOffset = csumOffset;
  }

  /**
   * The GSO bits.
   *
   * @return GSO constants of {@link Offload}, 0 = none
   */
  public int gsoType() {
    return gsoType;
  }

  /**
   * Sets the GSO bits.
   *
   * @param gsoType GSO constants of {@link Offload}, 0 = none
   */
  public void gsoType(int gsoType) {
    this.gsoType = gsoType;
  }

  /**
   * The payload of one segment.
   *
   * @return bytes, 0 = no GSO
   */
  public int gsoSize() {
    return gsoSize;
  }

  /**
   * Sets the payload of one segment.
   *
   * @param gsoSize bytes, 0 = no GSO
   */
  public void gsoSize(int gsoSize) {
    this.gsoSize = gsoSize;
  }

  /**
   * The EtherType.
   *
   * @return host order, 0 = not yet known
   */
  public int protocol() {
    return protocol;
  }

  /**
   * Sets the EtherType.
   *
   * @param protocol host order, 0 = not yet known
   */
  public void protocol(int protocol) {
    this.protocol = protocol;
  }

  /**
   * The 802.1Q tag that travels outside the bytes.
   *
   * @return TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public int vlan() {
    return vlan;
  }

  /**
   * Sets the 802.1Q tag that travels outside the bytes.
   *
   * @param vlan TPID &lt;&lt; 16 | TCI, 0 = none
   */
  public void vlan(int vlan) {
    this.vlan = vlan;
  }

  /**
   * The mark for filters and routing.
   *
   * @return any value, 0 = none
   */
  public int mark() {
    return mark;
  }

  /**
   * Sets the mark for filters and routing.
   *
   * @param mark any value, 0 = none
   */
  public void mark(int mark) {
    this.mark = mark;
  }

  /**
   * The flow hash.
   *
   * @return 0 = not known
   */
  public int hash() {
    return hash;
  }

  /**
   * Sets the flow hash.
   *
   * @param hash 0 = not known
   */
  public void hash(int hash) {
    this.hash = hash;
  }

  /**
   * The for whom the link layer holds it.
   *
   * @return a PACKET constant
   */
  public int pktType() {
    return pktType;
  }

  /**
   * Sets the for whom the link layer holds it.
   *
   * @param pktType a PACKET constant
   */
  public void pktType(int pktType) {
    this.pktType = pktType;
  }

  /**
   * The XDP metadata in front of the data.
   *
   * @return bytes
   */
  public int metaLength() {
    return metaLength;
  }

  /**
   * Sets the XDP metadata in front of the data.
   *
   * @param metaLength bytes
   */
  public void metaLength(int metaLength) {
    this.metaLength = metaLength;
  }

  /**
   * The device it came in by ({@code skb_iif}).
   *
   * @return ifindex, 0 = made here
   */
  public int iif() {
    return iif;
  }

  /**
   * Sets the device it came in by ({@code skb_iif}).
   *
   * @param iif ifindex, 0 = made here
   */
  public void iif(int iif) {
    this.iif = iif;
  }

  /**
   * The queue it came in by or leaves by.
   *
   * @return from 0
   */
  public int queueMapping() {
    return queueMapping;
  }

  /**
   * Sets the queue it came in by or leaves by.
   *
   * @param queueMapping from 0
   */
  public void queueMapping(int queueMapping) {
    this.queueMapping = queueMapping;
  }

  /**
   * The arrival time.
   *
   * @return nanoseconds, 0 = not stamped
   */
  public long tstampNs() {
    return tstampNs;
  }

  /**
   * Sets the arrival time.
   *
   * @param tstampNs nanoseconds, 0 = not stamped
   */
  public void tstampNs(long tstampNs) {
    this.tstampNs = tstampNs;
  }

  @Override
  public String toString() {
    return SkbPanic.describe("skb", this, 0);
  }
}
