package io.dataplane.packet.offload;

import io.dataplane.memory.Offload;
import java.util.ArrayList;
import java.util.List;

/**
 * What a device does by itself, as bits of a long: {@code netdev_features_t}
 * (include/linux/netdev_features.h). A transmit bit says in which forms frames may be handed to the
 * device; a receive bit what it does before it hands a frame up.
 */
public final class NetFeatures {

  /** No feature: only linear frames of at most the MTU with complete checksums. */
  public static final long NONE = 0;

  /** Takes frames with fragments ({@code NETIF_F_SG}). */
  public static final long SG = 1L;

  /** Completes any PARTIAL checksum ({@code NETIF_F_HW_CSUM}). */
  public static final long HW_CSUM = 1L << 1;

  /** Takes the 802.1Q tag beside the bytes ({@code NETIF_F_HW_VLAN_CTAG_TX}). */
  public static final long HW_VLAN_CTAG_TX = 1L << 2;

  /** Segments TCP over IPv4 ({@code NETIF_F_TSO}). */
  public static final long TSO = 1L << 3;

  /** Segments TCP with CWR set ({@code NETIF_F_TSO_ECN}). */
  public static final long TSO_ECN = 1L << 4;

  /** Segments TCP keeping or not keeping IPv4 ids as told ({@code NETIF_F_TSO_MANGLEID}). */
  public static final long TSO_MANGLEID = 1L << 5;

  /** Segments TCP over IPv6 ({@code NETIF_F_TSO6}). */
  public static final long TSO6 = 1L << 6;

  /** Segments UDP into datagrams ({@code NETIF_F_GSO_UDP_L4}). */
  public static final long GSO_UDP_L4 = 1L << 7;

  /** Verifies checksums of received frames ({@code NETIF_F_RXCSUM}). */
  public static final long RXCSUM = 1L << 8;

  /** TCP segments are merged on receive ({@code NETIF_F_GRO}). */
  public static final long GRO = 1L << 9;

  /** UDP datagrams are merged on receive too ({@code NETIF_F_GRO_UDP_FWD}). */
  public static final long GRO_UDP_FWD = 1L << 10;

  /** Every form of segmentation a device may do ({@code NETIF_F_GSO_MASK}). */
  public static final long GSO_MASK = TSO | TSO_ECN | TSO_MANGLEID | TSO6 | GSO_UDP_L4;

  private static final String[] NAMES = {
    "tx-scatter-gather",
    "tx-checksum-ip-generic",
    "tx-vlan-hw-insert",
    "tx-tcp-segmentation",
    "tx-tcp-ecn-segmentation",
    "tx-tcp-mangleid-segmentation",
    "tx-tcp6-segmentation",
    "tx-udp-segmentation",
    "rx-checksum",
    "rx-gro",
    "rx-udp-gro-forwarding",
  };

  private NetFeatures() {}

  /**
   * Takes away what cannot be had without something else ({@code netdev_fix_features}):
   * segmentation needs SG and HW_CSUM, the variants of TSO need TSO, UDP merging needs GRO.
   *
   * @param features wanted
   * @return those of them that make sense together
   */
  public static long fix(long features) {
    long fixed = features;
    if ((fixed & (SG | HW_CSUM)) != (SG | HW_CSUM)) {
      fixed &= ~GSO_MASK;
    }
    if ((fixed & TSO) == 0) {
      fixed &= ~TSO_MANGLEID;
    }
    if ((fixed & (TSO | TSO6)) == 0) {
      fixed &= ~TSO_ECN;
    }
    if ((fixed & GRO) == 0) {
      fixed &= ~GRO_UDP_FWD;
    }
    return fixed;
  }

  /**
   * Whether a device segments such packets itself ({@code net_gso_ok}).
   *
   * @param features of the device
   * @param gsoType GSO bits of {@link Offload}
   * @return false where it must be done in software
   */
  public static boolean isGsoOk(long features, int gsoType) {
    long needed =
        ((gsoType & Offload.GSO_TCPV4) != 0 ? TSO : 0)
            | ((gsoType & Offload.GSO_TCPV6) != 0 ? TSO6 : 0)
            | ((gsoType & Offload.GSO_UDP_L4) != 0 ? GSO_UDP_L4 : 0)
            | ((gsoType & Offload.GSO_TCP_ECN) != 0 ? TSO_ECN : 0)
            | ((gsoType & Offload.GSO_TCP_FIXEDID) != 0 ? TSO_MANGLEID : 0);
    return needed != 0 && (features & needed) == needed;
  }

  /**
   * The names of the bits that are set.
   *
   * @param features any bits
   * @return names as {@code ethtool -k} has them ({@code netdev_features_strings}), in bit order
   */
  public static List<String> names(long features) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      if ((features >>> i & 1) != 0) {
        names.add(NAMES[i]);
      }
    }
    return names;
  }

  /**
   * The bit that a name stands for.
   *
   * @param name as {@link #names} gives it
   * @return one bit, or {@link #NONE} where there is no such feature
   */
  public static long bit(String name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(name)) {
        return 1L << i;
      }
    }
    return NONE;
  }
}
