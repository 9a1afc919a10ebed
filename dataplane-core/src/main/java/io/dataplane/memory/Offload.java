package io.dataplane.memory;

/**
 * In which form a frame travels, packed into one long of its descriptor: what {@code struct
 * virtio_net_hdr} says on the way in and out, and the checksum and GSO fields of an {@code sk_buff}
 * in between. Zero is a plain frame with no checksum knowledge.
 *
 * <pre>
 *   63            48 47            32 31            16 15   8 7    4 3     0
 *   |  csum start   |  csum offset   |   gso size     |gso typ|      | csum  |
 * </pre>
 *
 * <p>Csum start counts bytes from the first byte of data. GSO size is the payload of one segment in
 * bytes.
 */
public final class Offload {

  /** Nothing known of the checksum ({@code CHECKSUM_NONE}). */
  public static final int CSUM_NONE = 0;

  /** Verified by the device, or not needed ({@code CHECKSUM_UNNECESSARY}). */
  public static final int CSUM_UNNECESSARY = 1;

  /** The device summed the whole packet ({@code CHECKSUM_COMPLETE}). */
  public static final int CSUM_COMPLETE = 2;

  /** Only the pseudo header is summed; the rest is to be filled in ({@code CHECKSUM_PARTIAL}). */
  public static final int CSUM_PARTIAL = 3;

  /** GSO type bit: TCP over IPv4 ({@code SKB_GSO_TCPV4}). */
  public static final int GSO_TCPV4 = 1;

  /** GSO type bit: TCP over IPv6 ({@code SKB_GSO_TCPV6}). */
  public static final int GSO_TCPV6 = 2;

  /** GSO type bit: UDP datagrams of equal size, either family ({@code SKB_GSO_UDP_L4}). */
  public static final int GSO_UDP_L4 = 4;

  /** GSO type bit: TCP segments carry ECN's CWR in the first only ({@code SKB_GSO_TCP_ECN}). */
  public static final int GSO_TCP_ECN = 8;

  /**
   * GSO type bit: the packet came from an untrusted source, its headers are to be verified ({@code
   * SKB_GSO_DODGY}).
   */
  public static final int GSO_DODGY = 16;

  /** GSO type bit: each segment's IPv4 id is the same ({@code SKB_GSO_TCP_FIXEDID}). */
  public static final int GSO_TCP_FIXEDID = 32;

  private Offload() {}

  /**
   * Packs the fields.
   *
   * @param csum one of the CSUM constants
   * @param csumStart bytes from the first byte of data, 0 .. 65,535
   * @param csumOffset bytes from csumStart, 0 .. 65,535
   * @param gsoType GSO bits, 0 = no GSO
   * @param gsoSize bytes of payload a segment, 0 .. 65,535
   * @return the packed form
   */
  public static long of(int csum, int csumStart, int csumOffset, int gsoType, int gsoSize) {
    return (long) csumStart << 48
        | (long) (csumOffset & 0xffff) << 32
        | (long) (gsoSize & 0xffff) << 16
        | (long) (gsoType & 0xff) << 8
        | (csum & 0xf);
  }

  /**
   * The checksum state.
   *
   * @param offload packed form
   * @return one of the CSUM constants
   */
  public static int csum(long offload) {
    return (int) offload & 0xf;
  }

  /**
   * Where checksumming starts.
   *
   * @param offload packed form
   * @return bytes from the first byte of data
   */
  public static int csumStart(long offload) {
    return (int) (offload >>> 48);
  }

  /**
   * Where the checksum is stored.
   *
   * @param offload packed form
   * @return bytes from {@link #csumStart}
   */
  public static int csumOffset(long offload) {
    return (int) (offload >>> 32) & 0xffff;
  }

  /**
   * The GSO bits.
   *
   * @param offload packed form
   * @return 0 = no GSO
   */
  public static int gsoType(long offload) {
    return (int) (offload >>> 8) & 0xff;
  }

  /**
   * The segment size.
   *
   * @param offload packed form
   * @return bytes of payload a segment
   */
  public static int gsoSize(long offload) {
    return (int) (offload >>> 16) & 0xffff;
  }
}
