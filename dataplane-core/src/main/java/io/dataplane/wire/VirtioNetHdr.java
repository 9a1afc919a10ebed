package io.dataplane.wire;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The header that precedes each frame of a TAP with {@code IFF_VNET_HDR} (include/uapi/linux/
 * virtio_net.h; virtio 1.3 section 5.1.6). Little-endian: a TAP is set to that by {@code
 * TUNSETVNETLE}, and is it anyway on little-endian machines.
 *
 * <pre>
 *    0       1       2               4               6               8
 *   +-------+-------+---------------+---------------+---------------+
 *   | flags |gsotype|    hdr_len    |   gso_size    |  csum_start   |
 *   +-------+-------+---------------+---------------+---------------+
 *   |  csum_offset  |  num_buffers  |   (num_buffers: v1 and mergeable only, TUNSETVNETHDRSZ 12)
 *   +---------------+---------------+
 * </pre>
 */
public final class VirtioNetHdr {

  /** Bytes of {@code struct virtio_net_hdr}. */
  public static final int LENGTH = 10;

  /** Bytes of {@code struct virtio_net_hdr_v1} and {@code virtio_net_hdr_mrg_rxbuf}. */
  public static final int LENGTH_V1 = 12;

  /** Where the flags are. */
  public static final int FLAGS_OFFSET = 0;

  /** Where the GSO type is. */
  public static final int GSO_TYPE_OFFSET = 1;

  /** Where the length of all headers is. */
  public static final int HDR_LEN_OFFSET = 2;

  /** Where the segment size is. */
  public static final int GSO_SIZE_OFFSET = 4;

  /** Where the place from which to sum is. */
  public static final int CSUM_START_OFFSET = 6;

  /** Where the place of the checksum is. */
  public static final int CSUM_OFFSET_OFFSET = 8;

  /** Where the number of buffers is, in the 12-byte form. */
  public static final int NUM_BUFFERS_OFFSET = 10;

  /** Flag: only the pseudo header is summed; csum_start and csum_offset are valid. */
  public static final int F_NEEDS_CSUM = 1;

  /** Flag: the checksum has been verified. */
  public static final int F_DATA_VALID = 2;

  /** GSO type: none. */
  public static final int GSO_NONE = 0;

  /** GSO type: TCP over IPv4. */
  public static final int GSO_TCPV4 = 1;

  /** GSO type: UDP to be cut into IP fragments (UFO); never offered by us. */
  public static final int GSO_UDP = 3;

  /** GSO type: TCP over IPv6. */
  public static final int GSO_TCPV6 = 4;

  /** GSO type: UDP datagrams of equal size (USO). */
  public static final int GSO_UDP_L4 = 5;

  /** GSO type bit: TCP with CWR set. */
  public static final int GSO_ECN = 0x80;

  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private VirtioNetHdr() {}

  /**
   * The flags.
   *
   * @param memory the bytes
   * @param position of the header
   * @return F constants
   */
  public static int flags(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + FLAGS_OFFSET);
  }

  /**
   * The GSO type.
   *
   * @param memory the bytes
   * @param position of the header
   * @return a GSO constant, perhaps with {@link #GSO_ECN}
   */
  public static int gsoType(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + GSO_TYPE_OFFSET);
  }

  /**
   * Whether the header says nothing: no flag, no GSO.
   *
   * @param memory the bytes
   * @param position of the header
   * @return true for a plain frame
   */
  public static boolean isPlain(MemorySegment memory, long position) {
    return memory.get(SHORT, position) == 0;
  }

  /**
   * The length of all headers, which is a hint.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes from the first byte of the frame
   */
  public static int hdrLen(MemorySegment memory, long position) {
    return memory.get(SHORT, position + HDR_LEN_OFFSET) & 0xffff;
  }

  /**
   * The payload of one segment.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes
   */
  public static int gsoSize(MemorySegment memory, long position) {
    return memory.get(SHORT, position + GSO_SIZE_OFFSET) & 0xffff;
  }

  /**
   * From where to sum.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes from the first byte of the frame
   */
  public static int csumStart(MemorySegment memory, long position) {
    return memory.get(SHORT, position + CSUM_START_OFFSET) & 0xffff;
  }

  /**
   * Where the checksum goes.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes from {@link #csumStart}
   */
  public static int csumOffset(MemorySegment memory, long position) {
    return memory.get(SHORT, position + CSUM_OFFSET_OFFSET) & 0xffff;
  }

  /**
   * Writes the ten bytes of a header; in the 12-byte form the caller sets {@link #numBuffers} too.
   *
   * @param memory the bytes
   * @param position of the header
   * @param flags F constants
   * @param gsoType a GSO constant
   * @param hdrLen bytes of all headers
   * @param gsoSize bytes of payload a segment
   * @param csumStart bytes from the frame's first byte
   * @param csumOffset bytes from csumStart
   */
  public static void write(
      MemorySegment memory,
      long position,
      int flags,
      int gsoType,
      int hdrLen,
      int gsoSize,
      int csumStart,
      int csumOffset) {
    long first =
        (flags & 0xff)
            | (gsoType & 0xff) << 8
            | (hdrLen & 0xffffL) << 16
            | (gsoSize & 0xffffL) << 32
            | (long) csumStart << 48;
    memory.set(LONG, position, first);
    memory.set(SHORT, position + CSUM_OFFSET_OFFSET, (short) csumOffset);
  }

  /**
   * Writes the ten bytes of a header that says nothing.
   *
   * @param memory the bytes
   * @param position of the header
   */
  public static void writePlain(MemorySegment memory, long position) {
    memory.set(LONG, position, 0);
    memory.set(SHORT, position + CSUM_OFFSET_OFFSET, (short) 0);
  }

  /**
   * Sets the number of buffers of the 12-byte form.
   *
   * @param memory the bytes
   * @param position of the header
   * @param buffers 1 where buffers are not merged
   */
  public static void numBuffers(MemorySegment memory, long position, int buffers) {
    memory.set(SHORT, position + NUM_BUFFERS_OFFSET, (short) buffers);
  }
}
