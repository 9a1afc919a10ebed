package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * The IPv6 header (RFC 8200 section 3; flow label: RFC 6437).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |Version| traffic class |              flow label               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |        payload length         |  next header  |   hop limit   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                                                               |
 *   +                   source address, 16 bytes                    +
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                                                               |
 *   +                 destination address, 16 bytes                 +
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Ipv6 {

  /** Bytes of the fixed header. */
  public static final int HEADER_LENGTH = 40;

  /** Where version, traffic class and flow label are. */
  public static final int FIRST_WORD_OFFSET = 0;

  /** Where the payload length is. */
  public static final int PAYLOAD_LENGTH_OFFSET = 4;

  /** Where the next header is. */
  public static final int NEXT_HEADER_OFFSET = 6;

  /** Where the hop limit is. */
  public static final int HOP_LIMIT_OFFSET = 7;

  /** Where the source address is. */
  public static final int SOURCE_OFFSET = 8;

  /** Where the destination address is. */
  public static final int DESTINATION_OFFSET = 24;

  /** Bytes of an address. */
  public static final int ADDRESS_LENGTH = 16;

  /** The bits of the first word that are the traffic class. */
  public static final int TRAFFIC_CLASS_MASK = 0x0ff0_0000;

  /** Next header: hop-by-hop options (RFC 8200 section 4.3). */
  public static final int NEXT_HOP_BY_HOP = 0;

  /** Next header: routing (RFC 8200 section 4.4). */
  public static final int NEXT_ROUTING = 43;

  /** Next header: fragment (RFC 8200 section 4.5). */
  public static final int NEXT_FRAGMENT = 44;

  /** Next header: ICMPv6. */
  public static final int NEXT_ICMPV6 = 58;

  /** Next header: nothing follows (RFC 8200 section 4.7). */
  public static final int NEXT_NONE = 59;

  /** Next header: destination options (RFC 8200 section 4.6). */
  public static final int NEXT_DESTINATION_OPTIONS = 60;

  /** Extension headers that {@link #walk} follows at most ({@code IP6_MAX_EXT_HDRS_CNT}). */
  public static final int EXTENSION_HEADERS_MAX = 12;

  /** What {@link #walk} returns where the headers do not lie in the given bytes. */
  public static final long BAD = -1;

  private static final long WALK_FRAGMENT = 1L << 40;

  private Ipv6() {}

  /**
   * Whether a fixed header lies in the given bytes; the other accessors are safe then.
   *
   * @param memory the bytes
   * @param position of the header
   * @param available bytes there are from {@code position}
   * @return true where version is 6 and 40 bytes are there
   */
  public static boolean check(MemorySegment memory, long position, int available) {
    return available >= HEADER_LENGTH && NetworkOrder.u8(memory, position) >>> 4 == 6;
  }

  /**
   * Finds the header behind the extension headers ({@code ipv6_skip_exthdr}). Stops at the first
   * header that is no extension (RFC 8200 section 4, less the two of IPsec) and behind a fragment
   * header.
   *
   * @param memory the bytes
   * @param position of a header for which {@link #check} holds
   * @param available bytes there are from {@code position}
   * @return to be read by {@link #walkProtocol}, {@link #walkOffset} and {@link #walkIsFragment};
   *     {@link #BAD} where an extension header ends behind {@code available} or there are more than
   *     {@link #EXTENSION_HEADERS_MAX}
   */
  public static long walk(MemorySegment memory, long position, int available) {
    int next = nextHeader(memory, position);
    int offset = HEADER_LENGTH;
    for (int i = 0; i <= EXTENSION_HEADERS_MAX; i++) {
      boolean fragment = next == NEXT_FRAGMENT;
      if (!fragment && !isExtension(next)) {
        return (long) next << 32 | offset;
      }
      if (available - offset < 8) {
        return BAD;
      }
      int protocol = NetworkOrder.u8(memory, position + offset);
      offset += fragment ? 8 : (NetworkOrder.u8(memory, position + offset + 1) + 1) * 8;
      if (offset > available) {
        return BAD;
      }
      if (fragment) {
        return WALK_FRAGMENT | (long) protocol << 32 | offset;
      }
      next = protocol;
    }
    return BAD;
  }

  private static boolean isExtension(int next) {
    return next == NEXT_HOP_BY_HOP || next == NEXT_ROUTING || next == NEXT_DESTINATION_OPTIONS;
  }

  /**
   * The protocol behind the extension headers.
   *
   * @param walk what {@link #walk} returned, not {@link #BAD}
   * @return an IANA protocol number
   */
  public static int walkProtocol(long walk) {
    return (int) (walk >>> 32) & 0xff;
  }

  /**
   * Where that protocol's header begins.
   *
   * @param walk what {@link #walk} returned, not {@link #BAD}
   * @return bytes from the IPv6 header, 40 or more
   */
  public static int walkOffset(long walk) {
    return (int) walk;
  }

  /**
   * Whether a fragment header was met, so that no transport header need follow.
   *
   * @param walk what {@link #walk} returned, not {@link #BAD}
   * @return true where so
   */
  public static boolean walkIsFragment(long walk) {
    return (walk & WALK_FRAGMENT) != 0;
  }

  /**
   * Version, traffic class and flow label in one.
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits
   */
  public static int firstWord(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + FIRST_WORD_OFFSET);
  }

  /**
   * The bytes behind the fixed header.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes, extension headers included, 0 .. 65,535
   */
  public static int payloadLength(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + PAYLOAD_LENGTH_OFFSET);
  }

  /**
   * Sets the bytes behind the fixed header.
   *
   * @param memory the bytes
   * @param position of the header
   * @param length bytes, extension headers included, 0 .. 65,535
   */
  public static void payloadLength(MemorySegment memory, long position, int length) {
    NetworkOrder.put16(memory, position + PAYLOAD_LENGTH_OFFSET, length);
  }

  /**
   * What follows the fixed header.
   *
   * @param memory the bytes
   * @param position of the header
   * @return an IANA protocol number
   */
  public static int nextHeader(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + NEXT_HEADER_OFFSET);
  }

  /**
   * The hop limit.
   *
   * @param memory the bytes
   * @param position of the header
   * @return hops left, 0 .. 255
   */
  public static int hopLimit(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + HOP_LIMIT_OFFSET);
  }
}
