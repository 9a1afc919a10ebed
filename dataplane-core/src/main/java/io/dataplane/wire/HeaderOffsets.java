package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * Where the headers of an Ethernet frame are, found in one bounded walk and packed into one long:
 * what {@code skb_flow_dissect} tells its callers. It reads nothing behind the bytes it is given
 * and trusts no length field; that the transport header itself is whole is left to its flyweight.
 *
 * <pre>
 *   63    62 ... 48 47            32 31            16 15  14 ... 8 7          0
 *   | bad |       | |  transport    |    network    |frag|version | protocol  |
 * </pre>
 */
public final class HeaderOffsets {

  /** The headers do not lie in the bytes given; every valid result is 0 or more. */
  public static final long BAD = -1;

  /** Tags in the bytes that are stepped over at most. */
  public static final int TAGS_MAX = 2;

  private static final long FRAGMENT = 1L << 15;

  private HeaderOffsets() {}

  /**
   * Walks the headers of a frame.
   *
   * @param memory the bytes
   * @param position of the Ethernet header
   * @param available bytes there are from {@code position}
   * @return to be read by the accessors of this class. Something other than IP gives version 0. A
   *     frame that ends within its Ethernet, VLAN, IPv4 or IPv6 headers, or whose IP version does
   *     not match its EtherType, gives {@link #BAD}
   */
  public static long parse(MemorySegment memory, long position, int available) {
    int network = Ethernet.HEADER_LENGTH;
    if (available < network) {
      return BAD;
    }
    int type = Ethernet.type(memory, position);
    for (int i = 0; i < TAGS_MAX && VlanTag.isTpid(type); i++) {
      network += VlanTag.LENGTH;
      if (available < network) {
        return BAD;
      }
      type = NetworkOrder.u16(memory, position + network - 2);
    }
    return switch (type) {
      case Ethernet.TYPE_IPV4 -> v4(memory, position, network, available);
      case Ethernet.TYPE_IPV6 -> v6(memory, position, network, available);
      default -> (long) network << 32 | (long) network << 16;
    };
  }

  private static long v4(MemorySegment memory, long position, int network, int available) {
    long ip = position + network;
    if (!Ipv4.check(memory, ip, available - network)) {
      return BAD;
    }
    long fragment = Ipv4.isFragment(memory, ip) ? FRAGMENT : 0;
    int transport = network + Ipv4.headerLength(memory, ip);
    return (long) transport << 32
        | (long) network << 16
        | fragment
        | 4 << 8
        | Ipv4.protocol(memory, ip);
  }

  private static long v6(MemorySegment memory, long position, int network, int available) {
    long ip = position + network;
    if (!Ipv6.check(memory, ip, available - network)) {
      return BAD;
    }
    long walk = Ipv6.walk(memory, ip, available - network);
    if (walk == Ipv6.BAD) {
      return BAD;
    }
    long fragment = Ipv6.walkIsFragment(walk) ? FRAGMENT : 0;
    int transport = network + Ipv6.walkOffset(walk);
    return (long) transport << 32
        | (long) network << 16
        | fragment
        | 6 << 8
        | Ipv6.walkProtocol(walk);
  }

  /**
   * The transport protocol.
   *
   * @param headers what {@link #parse} returned, not {@link #BAD}
   * @return an IANA protocol number; 0 where it is not IP
   */
  public static int protocol(long headers) {
    return (int) headers & 0xff;
  }

  /**
   * The IP version.
   *
   * @param headers what {@link #parse} returned, not {@link #BAD}
   * @return 4, 6, or 0 where it is not IP
   */
  public static int version(long headers) {
    return (int) headers >>> 8 & 0x7f;
  }

  /**
   * Whether it is a fragment of a larger datagram, so that no transport header need follow.
   *
   * @param headers what {@link #parse} returned, not {@link #BAD}
   * @return true where so
   */
  public static boolean isFragment(long headers) {
    return (headers & FRAGMENT) != 0;
  }

  /**
   * Where the network header is.
   *
   * @param headers what {@link #parse} returned, not {@link #BAD}
   * @return bytes from the Ethernet header: 14, 18 or 22
   */
  public static int network(long headers) {
    return (int) (headers >>> 16) & 0xffff;
  }

  /**
   * Where the transport header is.
   *
   * @param headers what {@link #parse} returned, not {@link #BAD}
   * @return bytes from the Ethernet header; that of the payload where it is not IP
   */
  public static int transport(long headers) {
    return (int) (headers >>> 32) & 0xffff;
  }

  /**
   * Whether this is a transport packet of the given protocol, whole and not a fragment.
   *
   * @param headers what {@link #parse} returned, also {@link #BAD}
   * @param protocol {@link Ipv4#PROTOCOL_TCP} or {@link Ipv4#PROTOCOL_UDP}
   * @return true where so
   */
  public static boolean is(long headers, int protocol) {
    return headers >= 0 && (headers & (FRAGMENT | 0xff)) == protocol && (headers & 0x7f00) != 0;
  }

  /**
   * The sum of the pseudo header for the transport checksum.
   *
   * @param memory the bytes
   * @param position of the Ethernet header
   * @param headers what {@link #parse} returned for an IP packet
   * @param length bytes of transport header and payload
   * @return a sum of {@link InternetChecksum}
   */
  public static long pseudoSum(MemorySegment memory, long position, long headers, int length) {
    long ip = position + network(headers);
    return version(headers) == 4
        ? InternetChecksum.pseudoV4(memory, ip, protocol(headers), length)
        : InternetChecksum.pseudoV6(memory, ip, protocol(headers), length);
  }
}
