package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * The Ethernet II header (IEEE 802.3-2022 clause 3, RFC 894).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    destination address                        |
 *   +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                               |                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 *   |                       source address                          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           EtherType           |  payload ...
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Addresses are the low 48 bits of a long, as in {@code MacAddress}.
 */
public final class Ethernet {

  /** Bytes of the header ({@code ETH_HLEN}). */
  public static final int HEADER_LENGTH = 14;

  /** Bytes of an address ({@code ETH_ALEN}). */
  public static final int ADDRESS_LENGTH = 6;

  /** Where the destination address is. */
  public static final int DESTINATION_OFFSET = 0;

  /** Where the source address is. */
  public static final int SOURCE_OFFSET = 6;

  /** Where the EtherType is. */
  public static final int TYPE_OFFSET = 12;

  /** EtherType of IPv4 ({@code ETH_P_IP}). */
  public static final int TYPE_IPV4 = 0x0800;

  /** EtherType of ARP ({@code ETH_P_ARP}). */
  public static final int TYPE_ARP = 0x0806;

  /** EtherType of IPv6 ({@code ETH_P_IPV6}). */
  public static final int TYPE_IPV6 = 0x86dd;

  /** Below this the field is a length (802.3), from here on a type ({@code ETH_P_802_3_MIN}). */
  public static final int TYPE_MIN = 0x0600;

  private Ethernet() {}

  /**
   * The destination address.
   *
   * @param memory the bytes
   * @param position of the header
   * @return low 48 bits
   */
  public static long destination(MemorySegment memory, long position) {
    return NetworkOrder.u48(memory, position + DESTINATION_OFFSET);
  }

  /**
   * Sets the destination address.
   *
   * @param memory the bytes
   * @param position of the header
   * @param mac low 48 bits
   */
  public static void destination(MemorySegment memory, long position, long mac) {
    NetworkOrder.put48(memory, position + DESTINATION_OFFSET, mac);
  }

  /**
   * The source address.
   *
   * @param memory the bytes
   * @param position of the header
   * @return low 48 bits
   */
  public static long source(MemorySegment memory, long position) {
    return NetworkOrder.u48(memory, position + SOURCE_OFFSET);
  }

  /**
   * Sets the source address.
   *
   * @param memory the bytes
   * @param position of the header
   * @param mac low 48 bits
   */
  public static void source(MemorySegment memory, long position, long mac) {
    NetworkOrder.put48(memory, position + SOURCE_OFFSET, mac);
  }

  /**
   * The EtherType.
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 65,535; below {@link #TYPE_MIN} it is a length
   */
  public static int type(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + TYPE_OFFSET);
  }

  /**
   * Sets the EtherType.
   *
   * @param memory the bytes
   * @param position of the header
   * @param type 0 .. 65,535
   */
  public static void type(MemorySegment memory, long position, int type) {
    NetworkOrder.put16(memory, position + TYPE_OFFSET, type);
  }
}
