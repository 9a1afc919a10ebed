package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * A VLAN tag in the bytes of a frame, between the source address and the EtherType (IEEE
 * 802.1Q-2022 clause 9). A second tag may follow the first (802.1ad).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |             TPID              | PCP |D|        VID            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>As one int, as {@code SkBuff.vlan} holds it: {@code TPID << 16 | TCI}.
 */
public final class VlanTag {

  /** Bytes of a tag ({@code VLAN_HLEN}). */
  public static final int LENGTH = 4;

  /** Where the first tag of a frame is, from the Ethernet header. */
  public static final int FIRST_OFFSET = Ethernet.TYPE_OFFSET;

  /** TPID of a customer tag ({@code ETH_P_8021Q}). */
  public static final int TPID_8021Q = 0x8100;

  /** TPID of a service tag ({@code ETH_P_8021AD}). */
  public static final int TPID_8021AD = 0x88a8;

  /** The bits of a tag or TCI that are the VLAN id. */
  public static final int VID_MASK = 0x0fff;

  private VlanTag() {}

  /**
   * Whether an EtherType says that a tag is there.
   *
   * @param type an EtherType
   * @return true for 802.1Q and 802.1ad
   */
  public static boolean isTpid(int type) {
    return type == TPID_8021Q || type == TPID_8021AD;
  }

  /**
   * The whole tag.
   *
   * @param memory the bytes
   * @param position of the TPID
   * @return {@code TPID << 16 | TCI}
   */
  public static int tag(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position);
  }

  /**
   * Sets the whole tag.
   *
   * @param memory the bytes
   * @param position of the TPID
   * @param tag {@code TPID << 16 | TCI}
   */
  public static void tag(MemorySegment memory, long position, int tag) {
    NetworkOrder.put32(memory, position, tag);
  }

  /**
   * Makes a tag.
   *
   * @param tpid {@link #TPID_8021Q} or {@link #TPID_8021AD}
   * @param priority PCP, 0 .. 7
   * @param vid VLAN id, 0 .. 4095
   * @return {@code TPID << 16 | TCI}
   */
  public static int of(int tpid, int priority, int vid) {
    return tpid << 16 | (priority & 7) << 13 | (vid & VID_MASK);
  }

  /**
   * The protocol identifier of a tag.
   *
   * @param tag {@code TPID << 16 | TCI}
   * @return an EtherType
   */
  public static int tpid(int tag) {
    return tag >>> 16;
  }

  /**
   * The VLAN id of a tag.
   *
   * @param tag {@code TPID << 16 | TCI}
   * @return 0 .. 4095; 0 = priority only
   */
  public static int vid(int tag) {
    return tag & VID_MASK;
  }

  /**
   * The priority of a tag.
   *
   * @param tag {@code TPID << 16 | TCI}
   * @return 0 .. 7
   */
  public static int priority(int tag) {
    return tag >>> 13 & 7;
  }
}
