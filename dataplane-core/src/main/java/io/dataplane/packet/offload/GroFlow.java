package io.dataplane.packet.offload;

import io.dataplane.memory.FramePool;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.HeaderOffsets;
import io.dataplane.wire.InternetChecksum;
import io.dataplane.wire.Ipv4;
import io.dataplane.wire.Ipv6;
import io.dataplane.wire.NetworkOrder;
import io.dataplane.wire.Tcp;
import io.dataplane.wire.Udp;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A packet that {@link Gro} holds, and what has been merged into it: the fields of {@code struct
 * napi_gro_cb}, and the rules of net/ipv4/af_inet.c and net/ipv6/ip6_offload.c. Made once, used for
 * one flow after another.
 */
final class GroFlow {

  /** Bytes an IP datagram may have ({@code GRO_LEGACY_MAX_SIZE - 1}). */
  private static final int DATAGRAM_MAX = 65_535;

  private static final int FLOW_MASK_V6 = 0xf00f_ffff;

  private @Nullable SkBuff skb;
  private MemorySegment memory;
  private long position;
  private long headers;
  private int mss;
  private int segments;
  private boolean fixedId;
  private boolean merged;

  GroFlow(MemorySegment memory) {
    this.memory = memory;
  }

  /**
   * Begins with a packet.
   *
   * @param first a packet with payload, its headers linear
   * @param headers its headers
   * @param payload bytes of it
   */
  void begin(SkBuff first, long headers, int payload) {
    skb = first;
    memory = first.memory();
    position = first.position();
    this.headers = headers;
    mss = first.isGso() ? first.gsoSize() : payload;
    segments = segments(first, payload);
    fixedId = (first.gsoType() & Offload.GSO_TCP_FIXEDID) != 0;
    merged = false;
  }

  /** Frames that a packet stands for ({@code gso_segs}). */
  static int segments(SkBuff skb, int payload) {
    return skb.isGso() ? (payload + skb.gsoSize() - 1) / skb.gsoSize() : 1;
  }

  long transport() {
    return position + HeaderOffsets.transport(headers);
  }

  int mss() {
    return mss;
  }

  int segments() {
    return segments;
  }

  /** The bytes of payload so far. */
  int payload() {
    SkBuff p = skb;
    return p == null ? 0 : p.len() - GsoHeaders.length(headers, memory, position);
  }

  /**
   * Whether a packet belongs to this flow: same device, tag, link header, addresses, flow label and
   * ports ({@code gro_list_prepare} and the same_flow rules of each layer).
   */
  boolean isSameFlow(SkBuff other, long otherHeaders) {
    SkBuff p = skb;
    int network = HeaderOffsets.network(headers);
    if (p == null
        || (int) headers != (int) otherHeaders // network offset, version, protocol
        || p.iif() != other.iif()
        || p.vlan() != other.vlan()) {
      return false;
    }
    long at = other.position();
    long ports = at + HeaderOffsets.transport(otherHeaders);
    return NetworkOrder.i32(memory, transport()) == NetworkOrder.i32(memory, ports)
        && isSameLink(at, network)
        && isSameAddresses(position + network, at + network);
  }

  private boolean isSameLink(long at, int network) {
    long differ =
        (NetworkOrder.i64(memory, position) ^ NetworkOrder.i64(memory, at))
            | (NetworkOrder.i64(memory, position + Ethernet.SOURCE_OFFSET)
                ^ NetworkOrder.i64(memory, at + Ethernet.SOURCE_OFFSET));
    for (int i = Ethernet.HEADER_LENGTH; i < network; i += 4) {
      differ |= NetworkOrder.i32(memory, position + i) ^ NetworkOrder.i32(memory, at + i);
    }
    return differ == 0;
  }

  private boolean isSameAddresses(long ip, long otherIp) {
    if (HeaderOffsets.version(headers) == 4) {
      return NetworkOrder.i64(memory, ip + Ipv4.SOURCE_OFFSET)
          == NetworkOrder.i64(memory, otherIp + Ipv4.SOURCE_OFFSET);
    }
    long differ = (Ipv6.firstWord(memory, ip) ^ Ipv6.firstWord(memory, otherIp)) & FLOW_MASK_V6;
    for (int i = Ipv6.SOURCE_OFFSET; i < Ipv6.HEADER_LENGTH; i += 8) {
      differ |= NetworkOrder.i64(memory, ip + i) ^ NetworkOrder.i64(memory, otherIp + i);
    }
    return differ == 0;
  }

  /**
   * Whether the network headers allow a merge: all fields equal but length, checksum and id, and
   * the ids as segmentation would make them again ({@code inet_gro_flush}, {@code ipv6_gro_flush}).
   */
  boolean isNetworkMergeable(SkBuff other, long otherHeaders) {
    if (headers != otherHeaders || !isSameMetadata(other)) {
      return false;
    }
    int network = HeaderOffsets.network(headers);
    long ip = position + network;
    long otherIp = other.position() + network;
    return HeaderOffsets.version(headers) == 4
        ? isMergeableV4(other, ip, otherIp)
        : isMergeableV6(ip, otherIp);
  }

  private boolean isMergeableV4(SkBuff other, long ip, long otherIp) {
    int fragment = Ipv4.fragment(memory, otherIp);
    if (Ipv4.ttl(memory, ip) != Ipv4.ttl(memory, otherIp)
        || Ipv4.tos(memory, ip) != Ipv4.tos(memory, otherIp)
        || Ipv4.fragment(memory, ip) != fragment) {
      return false;
    }
    int offset = (Ipv4.id(memory, otherIp) - Ipv4.id(memory, ip)) & 0xffff;
    boolean fixed =
        other.isGso()
            ? (other.gsoType() & Offload.GSO_TCP_FIXEDID) != 0
            : offset == 0 && (fragment & Ipv4.DONT_FRAGMENT) != 0;
    // The second frame decides whether the ids of this flow stand still or count.
    boolean decided = segments > 1 && fixed != fixedId;
    if (decided || offset != (fixed ? 0 : segments & 0xffff)) {
      return false;
    }
    fixedId = fixed;
    return true;
  }

  private boolean isMergeableV6(long ip, long otherIp) {
    int length = HeaderOffsets.transport(headers) - HeaderOffsets.network(headers);
    // Traffic class; hop limit and next header; extension headers.
    return Ipv6.firstWord(memory, ip) == Ipv6.firstWord(memory, otherIp)
        && NetworkOrder.u16(memory, ip + Ipv6.NEXT_HEADER_OFFSET)
            == NetworkOrder.u16(memory, otherIp + Ipv6.NEXT_HEADER_OFFSET)
        && (length == Ipv6.HEADER_LENGTH || isSame(ip, otherIp, Ipv6.HEADER_LENGTH, length));
  }

  private boolean isSameMetadata(SkBuff other) {
    SkBuff p = skb;
    int length = other.metaLength();
    return p != null
        && p.metaLength() == length
        && (length == 0 || isSame(position - length, other.position() - length, 0, length));
  }

  private boolean isSame(long a, long b, int from, int to) {
    return MemorySegment.mismatch(memory, a + from, a + to, memory, b + from, b + to) == -1;
  }

  /**
   * Appends the payload of a packet and ends the packet ({@code skb_gro_receive}); no byte is
   * copied.
   *
   * @param other the packet, in no way shared
   * @param headerLength bytes of it that are not payload
   * @return false where the result would be longer than a datagram can be or have too many
   *     fragments; nothing has changed then
   */
  boolean append(SkBuff other, int headerLength) {
    SkBuff p = skb;
    int payload = other.len() - headerLength;
    int linear = other.headlen() - headerLength;
    int frags = other.fragCount() + (linear > 0 ? 1 : 0);
    if (p == null
        || p.len() - HeaderOffsets.network(headers) + payload > DATAGRAM_MAX
        || p.fragCount() + frags > SkBuff.MAX_FRAGS) {
      return false;
    }
    FramePool frames = p.cpu().frames();
    if (linear > 0) {
      frames.get(other.headFrame());
      p.addFrag(other.headFrame(), other.data() + headerLength, linear);
    }
    for (int i = 0; i < other.fragCount(); i++) {
      frames.get(other.fragFrame(i));
      p.addFrag(other.fragFrame(i), other.fragOffset(i), other.fragLength(i));
    }
    segments += segments(other, payload);
    merged = true;
    other.consume();
    return true;
  }

  /**
   * Ends the flow: makes a GSO packet of what was merged ({@code inet_gro_complete}, {@code
   * tcp_gro_complete}); a packet that stayed alone is as it came.
   *
   * @return the packet
   */
  @Nullable SkBuff complete() {
    SkBuff p = skb;
    skb = null;
    if (p == null || !merged) {
      return p;
    }
    int network = HeaderOffsets.network(headers);
    int transport = HeaderOffsets.transport(headers);
    long ip = position + network;
    boolean v4 = HeaderOffsets.version(headers) == 4;
    if (v4) {
      Ipv4.totalLength(memory, ip, p.len() - network);
      Ipv4.updateChecksum(memory, ip);
    } else {
      Ipv6.payloadLength(memory, ip, p.len() - network - Ipv6.HEADER_LENGTH);
    }
    p.networkHeader(p.data() + network);
    p.transportHeader(p.data() + transport);
    p.gsoSize(mss);
    p.gsoType(completeTransport(p, v4) | (fixedId ? Offload.GSO_TCP_FIXEDID : 0));
    return p;
  }

  private int completeTransport(SkBuff p, boolean v4) {
    int transport = HeaderOffsets.transport(headers);
    int length = p.len() - transport;
    int csumOffset = GsoHeaders.csumOffset(headers);
    long pseudo = HeaderOffsets.pseudoSum(memory, position, headers, length);
    NetworkOrder.put16(memory, transport() + csumOffset, InternetChecksum.fold(pseudo));
    p.ipSummed(Offload.CSUM_PARTIAL);
    p.csumStart(p.data() + transport);
    p.csumOffset(csumOffset);
    if (HeaderOffsets.protocol(headers) == Ipv4.PROTOCOL_UDP) {
      Udp.length(memory, transport(), length);
      return Offload.GSO_UDP_L4;
    }
    boolean cwr = (Tcp.flags(memory, transport()) & Tcp.CWR) != 0;
    return (v4 ? Offload.GSO_TCPV4 : Offload.GSO_TCPV6) | (cwr ? Offload.GSO_TCP_ECN : 0);
  }
}
