package io.dataplane.packet.offload;

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

/**
 * Checksums of packets across their fragments: {@code skb_checksum}, {@code skb_checksum_help} and
 * the verification of a received TCP or UDP packet (net/core/skbuff.c, net/core/dev.c). Places that
 * a packet claims are checked against its bytes; a claim outside them is refused.
 */
public final class SkbChecksum {

  /** {@link #verify}: the checksum is right, or need not be looked at. */
  public static final int VALID = 0;

  /** {@link #verify}: the checksum is wrong, or the lengths that tell its extent are. */
  public static final int INVALID = 1;

  /** {@link #verify}: not a whole TCP or UDP packet. */
  public static final int NOT_APPLICABLE = 2;

  private SkbChecksum() {}

  /**
   * Sums bytes of a packet, across its fragments ({@code skb_checksum}).
   *
   * @param skb the packet
   * @param offset first byte, from data
   * @param length how many
   * @return a sum of {@link InternetChecksum}, or -1 where the packet has not that many
   */
  public static long sum(SkBuff skb, int offset, int length) {
    if (offset < 0 || length < 0 || length > skb.len() - offset) {
      return -1;
    }
    int headlen = skb.headlen();
    if (length <= headlen - offset) {
      return InternetChecksum.sum(skb.memory(), skb.position() + offset, length);
    }
    int linear = Math.max(0, headlen - offset);
    long sum = InternetChecksum.sum(skb.memory(), skb.position() + offset, linear);
    return sumFrags(skb, sum, linear, offset + linear - headlen, length);
  }

  private static long sumFrags(SkBuff skb, long sum, int done, int fragOffset, int length) {
    MemorySegment memory = skb.memory();
    long total = sum;
    int from = fragOffset;
    int summed = done;
    for (int i = 0; summed < length; i++) {
      int size = skb.fragLength(i);
      if (from < size) {
        int n = Math.min(length - summed, size - from);
        long at = FrameSlab.offsetOf(skb.fragFrame(i)) + skb.fragOffset(i) + from;
        total = InternetChecksum.addBlock(total, InternetChecksum.sum(memory, at, n), summed);
        summed += n;
        from = 0;
      } else {
        from -= size;
      }
    }
    return total;
  }

  /**
   * Completes a PARTIAL checksum in software and leaves the state NONE ({@code skb_checksum_help}).
   * A packet in any other state is left as it is. The linear part is made private first.
   *
   * @param skb the packet, no GSO
   * @return false where csum start or offset point outside the packet, the packet is GSO, or memory
   *     is used up; the packet is as before then
   */
  public static boolean help(SkBuff skb) {
    if (skb.ipSummed() != Offload.CSUM_PARTIAL) {
      return true;
    }
    int start = skb.csumStart() - skb.data();
    int field = start + skb.csumOffset();
    if (skb.isGso() || start < 0 || field < start || field > skb.len() - 2) {
      return false;
    }
    if (!skb.mayPull(field + 2) || !skb.cow(0)) {
      return false;
    }
    long sum = sum(skb, start, skb.len() - start);
    store(skb.memory(), skb.position() + field, sum, skb.csumOffset());
    skb.ipSummed(Offload.CSUM_NONE);
    return true;
  }

  /** Stores a checksum; zero means "none" in UDP and is turned over there. */
  static void store(MemorySegment memory, long at, long sum, int csumOffset) {
    int checksum = InternetChecksum.finish(sum);
    if (checksum == 0 && csumOffset == Udp.CHECKSUM_OFFSET) {
      checksum = Udp.CHECKSUM_MANGLED_ZERO;
    }
    NetworkOrder.put16(memory, at, checksum);
  }

  /**
   * Verifies the transport checksum of a received packet unless its state says that this is done;
   * where right, the state becomes UNNECESSARY. Bytes behind the IP datagram (padding) are not part
   * of it.
   *
   * @param skb data at the Ethernet header, headers linear
   * @return {@link #VALID}, {@link #INVALID} or {@link #NOT_APPLICABLE}
   */
  public static int verify(SkBuff skb) {
    long headers = HeaderOffsets.parse(skb.memory(), skb.position(), skb.headlen());
    return headers == HeaderOffsets.BAD ? NOT_APPLICABLE : verify(skb, headers);
  }

  /**
   * As {@link #verify(SkBuff)}, where the headers have been found already.
   *
   * @param skb data at the Ethernet header, headers linear
   * @param headers what {@link HeaderOffsets#parse} said of it, not BAD
   * @return {@link #VALID}, {@link #INVALID} or {@link #NOT_APPLICABLE}
   */
  static int verify(SkBuff skb, long headers) {
    boolean udp = HeaderOffsets.is(headers, Ipv4.PROTOCOL_UDP);
    if (!udp && !HeaderOffsets.is(headers, Ipv4.PROTOCOL_TCP)) {
      return NOT_APPLICABLE;
    }
    int state = skb.ipSummed();
    if (state == Offload.CSUM_UNNECESSARY || state == Offload.CSUM_PARTIAL) {
      return VALID;
    }
    int length = transportLength(skb, headers);
    int transport = HeaderOffsets.transport(headers);
    if (udp && length >= Udp.HEADER_LENGTH && skb.headlen() - transport >= Udp.HEADER_LENGTH) {
      long header = skb.position() + transport;
      if (Udp.checksum(skb.memory(), header) == 0) {
        return HeaderOffsets.version(headers) == 4 ? VALID : INVALID;
      }
      int own = Udp.length(skb.memory(), header);
      length = own > length || own < Udp.HEADER_LENGTH ? -1 : own;
    }
    if (length < (udp ? Udp.HEADER_LENGTH : Tcp.HEADER_LENGTH_MIN)) {
      return INVALID;
    }
    long pseudo = HeaderOffsets.pseudoSum(skb.memory(), skb.position(), headers, length);
    if (InternetChecksum.finish(pseudo + sum(skb, transport, length)) != 0) {
      return INVALID;
    }
    skb.ipSummed(Offload.CSUM_UNNECESSARY);
    return VALID;
  }

  /**
   * The bytes of transport header and payload, as the IP header tells.
   *
   * @return -1 where the packet has not that many
   */
  static int transportLength(SkBuff skb, long headers) {
    int network = HeaderOffsets.network(headers);
    long ip = skb.position() + network;
    int datagram =
        HeaderOffsets.version(headers) == 4
            ? Ipv4.totalLength(skb.memory(), ip)
            : Ipv6.HEADER_LENGTH + Ipv6.payloadLength(skb.memory(), ip);
    if (datagram > skb.len() - network) {
      return -1;
    }
    return datagram - (HeaderOffsets.transport(headers) - network);
  }
}
