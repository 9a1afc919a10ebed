package io.dataplane.packet;

import io.dataplane.memory.Offload;
import org.jspecify.annotations.Nullable;

/**
 * What a packet carries beside its bytes: device, header offsets, checksum and GSO state, tag,
 * marks ({@code struct sk_buff} from {@code headers_start} to {@code headers_end}). Plain fields
 * with accessors; what they mean for the bytes is {@link SkBuff}'s business. Owned by the worker
 * that owns the packet.
 */
public abstract class SkbMetadata {

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

  @Nullable SkBuff next;
  @Nullable SkbDev dev;
  int macHeader;
  int networkHeader;
  int transportHeader;
  int ipSummed;
  int csum;
  int csumStart;
  int csumOffset;
  int gsoType;
  int gsoSize;
  int protocol;
  int vlan;
  int mark;
  int hash;
  int pktType;
  int metaLength;
  int iif;
  int queueMapping;
  long tstampNs;

  SkbMetadata() {}

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

  /**
   * Whether the packet is to be segmented ({@code skb_is_gso}).
   *
   * @return true where so
   */
  public boolean isGso() {
    return gsoSize != 0;
  }
}
