package io.dataplane.packet;

import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.Offload;

/**
 * Where the bytes of a packet lie, the cursors of its linear part and the list of its fragments,
 * and the operations that move them without copying a byte. A cursor operation that would leave the
 * buffer is refused, see {@link SkBuff}. Owned by the worker that owns the packet.
 *
 * <pre>
 *   head                data                        tail              end
 *    |     headroom      |      headlen bytes        |    tailroom     |   + frags: dataLen bytes
 *    0                  data                        tail              end
 * </pre>
 */
public abstract class SkbGeometry extends SkbMetadata {

  /**
   * Fragments a packet may have ({@code MAX_SKB_FRAGS} as built for BIG TCP): 64 KiB in 1,448-byte
   * segments fits.
   */
  public static final int MAX_FRAGS = 45;

  /** What a refused cursor operation returns; as an address it is outside every buffer. */
  public static final long REFUSED = -1;

  final Cpu cpu;
  final FramePool frames;
  boolean panicked;
  int headFrame;
  long head;
  int data;
  int tail;
  int end;
  int len;
  int dataLen;
  int fragCount;
  final int[] fragFrame = new int[MAX_FRAGS];
  final int[] fragOffset = new int[MAX_FRAGS];
  final int[] fragLength = new int[MAX_FRAGS];

  SkbGeometry(Cpu cpu) {
    this.cpu = cpu;
    this.frames = cpu.frames();
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
   * Where data begins in {@link SkBuff#memory()}.
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
   * The worker that owns the packet.
   *
   * @return its per-CPU data
   */
  public Cpu cpu() {
    return cpu;
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
   * @return position of the first byte in {@link SkBuff#memory()}, or {@link #REFUSED}
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

  void appendFrag(int frame, int offset, int length) {
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

  void markPanicked() {
    panicked = true;
  }
}
