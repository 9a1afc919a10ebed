package io.dataplane.packet.offload;

import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
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
 * Generic segmentation offload: cuts a GSO packet into the frames it stands for ({@code
 * skb_gso_segment}; net/ipv4/tcp_offload.c, net/ipv4/udp_offload.c, net/core/skbuff.c skb_segment).
 *
 * <pre>
 *   | Ethernet, tags | IP | TCP/UDP |      payload: len - headers                 |
 *   | copy           |copy|  copy   | gsoSize |   the first segment
 *   | copy           |copy|  copy   |         | gsoSize |   and so on
 * </pre>
 *
 * <p>Each segment is a frame of its own with a copy of the headers; payload is shared with the
 * original as fragments where the device has SG, else copied behind the headers.
 */
public final class SkbGso {

  /** Bytes that are made linear before headers are looked for. */
  private static final int HEADERS_MAX = 256;

  private SkbGso() {}

  /**
   * Whether a packet can be segmented: its GSO type is one we know and its headers agree with that.
   * Headers are made linear for it.
   *
   * @param skb data at the Ethernet header
   * @return false for a packet that is to be dropped
   */
  public static boolean isSegmentable(SkBuff skb) {
    return skb.isGso() && headers(skb) != HeaderOffsets.BAD;
  }

  /**
   * How long the longest segment of a GSO packet is on the wire ({@code skb_gso_mac_seglen}).
   *
   * @param skb data at the Ethernet header
   * @return bytes, Ethernet header included; the whole packet's where it cannot be segmented
   */
  public static int segmentLength(SkBuff skb) {
    long headers = skb.isGso() ? headers(skb) : HeaderOffsets.BAD;
    return headers == HeaderOffsets.BAD
        ? skb.len()
        : GsoHeaders.length(headers, skb.memory(), skb.position()) + skb.gsoSize();
  }

  /** Finds the headers; all that a GSO packet may have are made linear first if they are not. */
  private static long headers(SkBuff skb) {
    int wanted = Math.min(skb.len(), HEADERS_MAX);
    if (skb.headlen() < wanted && !skb.mayPull(wanted)) {
      return HeaderOffsets.BAD;
    }
    long headers = GsoHeaders.parse(skb.gsoType(), skb.memory(), skb.position(), skb.headlen());
    boolean agree =
        skb.ipSummed() != Offload.CSUM_PARTIAL
            || skb.csumStart() - skb.data() == HeaderOffsets.transport(headers);
    return agree ? headers : HeaderOffsets.BAD;
  }

  /**
   * Cuts a GSO packet into segments. All or nothing: where it fails, nothing has changed.
   *
   * <p>Checksums are left PARTIAL where the device has HW_CSUM, else completed. FIN and PSH stay in
   * the last segment, CWR in the first; the IPv4 id counts up unless the type has FIXEDID.
   *
   * @param skb data at the Ethernet header; consumed on success, the caller's own on failure
   * @param features of the device, {@link NetFeatures}
   * @return the segments, linked by {@link SkBuff#next}; null where {@link #isSegmentable} is
   *     false, or frames or SkBuffs do not suffice
   */
  public static @Nullable SkBuff segment(SkBuff skb, long features) {
    long headers = skb.isGso() ? headers(skb) : HeaderOffsets.BAD;
    if (headers == HeaderOffsets.BAD) {
      return null;
    }
    int headerLength = GsoHeaders.length(headers, skb.memory(), skb.position());
    int size = skb.gsoSize();
    int payload = skb.len() - headerLength;
    if (payload < 1 || (payload - 1) / size >= skb.cpu().skbs().available()) {
      return null;
    }
    SkBuff first = null;
    SkBuff last = null;
    for (int from = 0; from < payload; from += size) {
      int n = Math.min(size, payload - from);
      SkBuff segment = slice(skb, headerLength, from, n, (features & NetFeatures.SG) != 0);
      if (segment == null) {
        freeList(first);
        return null;
      }
      editNetwork(segment, headers, from / size);
      editTransport(segment, headers, from, from + n == payload);
      checksum(segment, headers, (features & NetFeatures.HW_CSUM) != 0);
      if (last == null) {
        first = segment;
      } else {
        last.next(segment);
      }
      last = segment;
    }
    skb.consume();
    return first;
  }

  private static void freeList(@Nullable SkBuff list) {
    SkBuff skb = list;
    while (skb != null) {
      SkBuff next = skb.next();
      skb.consume();
      skb = next;
    }
  }

  /** One segment: a copy of the headers, and a part of the payload. */
  private static @Nullable SkBuff slice(
      SkBuff skb, int headerLength, int from, int n, boolean share) {
    int linear = share ? headerLength : headerLength + n;
    SkBuff segment = skb.cpu().skbs().alloc(FrameSlab.HEADROOM + linear);
    if (segment == null) {
      return null;
    }
    segment.copyHeader(skb);
    segment.metaLength(0);
    segment.reserve(FrameSlab.HEADROOM);
    segment.macHeader(FrameSlab.HEADROOM);
    MemorySegment memory = skb.memory();
    long at = segment.put(linear);
    MemorySegment.copy(memory, skb.position(), memory, at, headerLength);
    boolean done =
        share
            ? shareBytes(skb, segment, headerLength + from, n)
            : skb.copyBits(headerLength + from, memory, at + headerLength, n);
    if (!done) {
      segment.consume();
      return null;
    }
    return segment;
  }

  /** Appends bytes of one packet to another as fragments over the same buffers. */
  private static boolean shareBytes(SkBuff from, SkBuff to, int offset, int n) {
    int left = n;
    int linear = Math.min(left, from.headlen() - offset);
    if (linear > 0) {
      if (!share(to, from.headFrame(), from.data() + offset, linear)) {
        return false;
      }
      left -= linear;
    }
    int skip = Math.max(0, offset - from.headlen());
    for (int i = 0; left > 0; i++) {
      int length = from.fragLength(i);
      int m = Math.min(left, length - skip);
      if (m > 0) {
        if (!share(to, from.fragFrame(i), from.fragOffset(i) + skip, m)) {
          return false;
        }
        left -= m;
      }
      skip = Math.max(0, skip - length);
    }
    return true;
  }

  private static boolean share(SkBuff to, int frame, int offset, int length) {
    FramePool frames = to.cpu().frames();
    frames.get(frame);
    if (to.addFrag(frame, offset, length)) {
      return true;
    }
    frames.put(frame);
    return false;
  }

  private static void editNetwork(SkBuff segment, long headers, int index) {
    MemorySegment memory = segment.memory();
    int network = HeaderOffsets.network(headers);
    long ip = segment.position() + network;
    segment.networkHeader(segment.data() + network);
    if (HeaderOffsets.version(headers) == 4) {
      Ipv4.totalLength(memory, ip, segment.len() - network);
      if ((segment.gsoType() & Offload.GSO_TCP_FIXEDID) == 0) {
        Ipv4.id(memory, ip, Ipv4.id(memory, ip) + index);
      }
      Ipv4.updateChecksum(memory, ip);
    } else {
      Ipv6.payloadLength(memory, ip, segment.len() - network - Ipv6.HEADER_LENGTH);
    }
  }

  private static void editTransport(SkBuff segment, long headers, int from, boolean isLast) {
    MemorySegment memory = segment.memory();
    int transport = HeaderOffsets.transport(headers);
    long header = segment.position() + transport;
    segment.transportHeader(segment.data() + transport);
    segment.gsoType(0);
    segment.gsoSize(0);
    if (HeaderOffsets.protocol(headers) == Ipv4.PROTOCOL_UDP) {
      Udp.length(memory, header, segment.len() - transport);
      return;
    }
    Tcp.sequence(memory, header, Tcp.sequence(memory, header) + from);
    int clear = (isLast ? 0 : Tcp.FIN | Tcp.PSH) | (from == 0 ? 0 : Tcp.CWR);
    Tcp.flags(memory, header, Tcp.flags(memory, header) & ~clear);
  }

  /** Sets the pseudo header's sum, and completes it where the device cannot. */
  private static void checksum(SkBuff segment, long headers, boolean partial) {
    MemorySegment memory = segment.memory();
    int transport = HeaderOffsets.transport(headers);
    int length = segment.len() - transport;
    int offset = GsoHeaders.csumOffset(headers);
    long field = segment.position() + transport + offset;
    long pseudo = HeaderOffsets.pseudoSum(memory, segment.position(), headers, length);
    if (partial) {
      NetworkOrder.put16(memory, field, InternetChecksum.fold(pseudo));
      segment.ipSummed(Offload.CSUM_PARTIAL);
      segment.csumStart(segment.data() + transport);
      segment.csumOffset(offset);
    } else {
      NetworkOrder.put16(memory, field, 0);
      SkbChecksum.store(
          memory, field, pseudo + SkbChecksum.sum(segment, transport, length), offset);
      segment.ipSummed(Offload.CSUM_NONE);
    }
  }
}
