package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * The IPv4 header (RFC 791 section 3.1; DSCP and ECN: RFC 2474, RFC 3168).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |Version|  IHL  |    DSCP   |ECN|         total length          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |        identification         |0|D|M|     fragment offset     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      TTL      |   protocol    |        header checksum        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        source address                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      destination address                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    options, 0 .. 40 bytes                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Ipv4 {

  /** Bytes of the header without options. */
  public static final int HEADER_LENGTH_MIN = 20;

  /** Where version and IHL are. */
  public static final int VERSION_IHL_OFFSET = 0;

  /** Where DSCP and ECN are. */
  public static final int TOS_OFFSET = 1;

  /** Where the total length is. */
  public static final int TOTAL_LENGTH_OFFSET = 2;

  /** Where the identification is. */
  public static final int ID_OFFSET = 4;

  /** Where flags and fragment offset are. */
  public static final int FRAGMENT_OFFSET = 6;

  /** Where the TTL is. */
  public static final int TTL_OFFSET = 8;

  /** Where the protocol is. */
  public static final int PROTOCOL_OFFSET = 9;

  /** Where the header checksum is. */
  public static final int CHECKSUM_OFFSET = 10;

  /** Where the source address is. */
  public static final int SOURCE_OFFSET = 12;

  /** Where the destination address is. */
  public static final int DESTINATION_OFFSET = 16;

  /** Flag "don't fragment" ({@code IP_DF}) in the fragment field. */
  public static final int DONT_FRAGMENT = 0x4000;

  /** Flag "more fragments" ({@code IP_MF}) in the fragment field. */
  public static final int MORE_FRAGMENTS = 0x2000;

  /** The bits of the fragment field that are the offset, in units of 8 bytes. */
  public static final int FRAGMENT_OFFSET_MASK = 0x1fff;

  /** Protocol number of ICMP. */
  public static final int PROTOCOL_ICMP = 1;

  /** Protocol number of TCP. */
  public static final int PROTOCOL_TCP = 6;

  /** Protocol number of UDP. */
  public static final int PROTOCOL_UDP = 17;

  private Ipv4() {}

  /**
   * Whether a header with all its options lies in the given bytes; the other accessors are safe
   * then. Lengths inside the header other than IHL, and the checksum, are not looked at.
   *
   * @param memory the bytes
   * @param position of the header
   * @param available bytes there are from {@code position}
   * @return true where version is 4, IHL at least 5 and the header not longer than {@code
   *     available}
   */
  public static boolean check(MemorySegment memory, long position, int available) {
    if (available < HEADER_LENGTH_MIN) {
      return false;
    }
    int versionIhl = NetworkOrder.u8(memory, position);
    return versionIhl >>> 4 == 4 && (versionIhl & 0xf) >= 5 && (versionIhl & 0xf) * 4 <= available;
  }

  /**
   * The header's length.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes, options included, 0 .. 60
   */
  public static int headerLength(MemorySegment memory, long position) {
    return (NetworkOrder.u8(memory, position) & 0xf) * 4;
  }

  /**
   * DSCP and ECN, the former type of service.
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 255
   */
  public static int tos(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + TOS_OFFSET);
  }

  /**
   * The datagram's length.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes of header and payload, 0 .. 65,535
   */
  public static int totalLength(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + TOTAL_LENGTH_OFFSET);
  }

  /**
   * Sets the datagram's length.
   *
   * @param memory the bytes
   * @param position of the header
   * @param length bytes of header and payload, 0 .. 65,535
   */
  public static void totalLength(MemorySegment memory, long position, int length) {
    NetworkOrder.put16(memory, position + TOTAL_LENGTH_OFFSET, length);
  }

  /**
   * The identification.
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 65,535
   */
  public static int id(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + ID_OFFSET);
  }

  /**
   * Sets the identification.
   *
   * @param memory the bytes
   * @param position of the header
   * @param id low 16 bits
   */
  public static void id(MemorySegment memory, long position, int id) {
    NetworkOrder.put16(memory, position + ID_OFFSET, id);
  }

  /**
   * Flags and fragment offset ({@code frag_off}).
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 65,535
   */
  public static int fragment(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + FRAGMENT_OFFSET);
  }

  /**
   * Whether this is a fragment of a larger datagram ({@code ip_is_fragment}).
   *
   * @param memory the bytes
   * @param position of the header
   * @return true for the first, a middle or the last fragment
   */
  public static boolean isFragment(MemorySegment memory, long position) {
    return (fragment(memory, position) & (MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)) != 0;
  }

  /**
   * The time to live.
   *
   * @param memory the bytes
   * @param position of the header
   * @return hops left, 0 .. 255
   */
  public static int ttl(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + TTL_OFFSET);
  }

  /**
   * The protocol of the payload.
   *
   * @param memory the bytes
   * @param position of the header
   * @return an IANA protocol number
   */
  public static int protocol(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + PROTOCOL_OFFSET);
  }

  /**
   * The source address.
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits
   */
  public static int source(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + SOURCE_OFFSET);
  }

  /**
   * The destination address.
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits
   */
  public static int destination(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + DESTINATION_OFFSET);
  }

  /**
   * Computes and stores the header checksum ({@code ip_send_check}).
   *
   * @param memory the bytes
   * @param position of the header
   */
  public static void updateChecksum(MemorySegment memory, long position) {
    NetworkOrder.put16(memory, position + CHECKSUM_OFFSET, 0);
    long sum = InternetChecksum.sum(memory, position, headerLength(memory, position));
    NetworkOrder.put16(memory, position + CHECKSUM_OFFSET, InternetChecksum.finish(sum));
  }

  /**
   * Whether the header checksum is right.
   *
   * @param memory the bytes
   * @param position of a header for which {@link #check} holds
   * @return true where so
   */
  public static boolean isChecksumValid(MemorySegment memory, long position) {
    long sum = InternetChecksum.sum(memory, position, headerLength(memory, position));
    return InternetChecksum.finish(sum) == 0;
  }
}
