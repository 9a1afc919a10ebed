package io.dataplane.packet.offload;

import io.dataplane.packet.SkBuff;
import io.dataplane.wire.HeaderOffsets;
import io.dataplane.wire.NetworkOrder;
import io.dataplane.wire.Tcp;
import io.dataplane.wire.Udp;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the transports say to a packet and the held packet of its flow: {@code tcp_gro_receive}
 * (net/ipv4/tcp_offload.c) and {@code udp_gro_receive_segment} (net/ipv4/udp_offload.c).
 */
final class GroTransport {

  /** Verdict bit: the packet is part of the held one now. */
  static final int MERGED = 1;

  /** Verdict bit: the held packet is complete, and goes before anything else of its flow. */
  static final int FLUSH = 2;

  /** Verdict bit: the packet was not merged; hold it, for more may come. */
  static final int HOLD = 4;

  /** Datagrams merged into one at most ({@code UDP_GRO_CNT_MAX}). */
  private static final int UDP_SEGMENTS_MAX = 64;

  /** These end a merged packet, or keep one from being held. */
  private static final int FINAL_FLAGS = Tcp.URG | Tcp.PSH | Tcp.RST | Tcp.SYN | Tcp.FIN;

  /** What may differ between the flag words of two segments that are merged. */
  private static final int MERGE_MASK = ~((Tcp.CWR | Tcp.FIN | Tcp.PSH) << 16);

  private GroTransport() {}

  /**
   * A TCP segment.
   *
   * @param held the flow's held packet, or null
   * @param skb the segment, or a GSO packet of several
   * @param headers its headers
   * @param mayMerge false where a lower layer or its checksum forbids to merge it
   * @return verdict bits
   */
  static int tcp(@Nullable GroFlow held, SkBuff skb, long headers, boolean mayMerge) {
    MemorySegment memory = skb.memory();
    long header = skb.position() + HeaderOffsets.transport(headers);
    int flags = Tcp.flags(memory, header);
    int headerLength = GsoHeaders.length(headers, memory, skb.position());
    int payload = skb.len() - headerLength;
    int whole =
        skb.isGso()
            ? GroFlow.segments(skb, payload) * skb.gsoSize()
            : held == null ? 1 : held.mss();
    boolean merged = false;
    if (mayMerge && held != null && isTcpMergeable(held, skb, headers, payload)) {
      merged = held.append(skb, headerLength);
      if (merged) {
        long first = held.transport();
        int added = flags & (Tcp.FIN | Tcp.PSH);
        Tcp.flags(memory, first, Tcp.flags(memory, first) | added);
      }
    }
    if (!merged && !skb.isGso()) {
      whole = 1;
    }
    boolean last = payload < whole || (flags & FINAL_FLAGS) != 0;
    return (merged ? MERGED : 0)
        | (merged && !last ? 0 : FLUSH)
        | (!merged && !last && mayMerge ? HOLD : 0);
  }

  private static boolean isTcpMergeable(GroFlow held, SkBuff skb, long headers, int payload) {
    MemorySegment memory = skb.memory();
    long a = held.transport();
    long b = skb.position() + HeaderOffsets.transport(headers);
    int flagWord = Tcp.flagWord(memory, b);
    int differ =
        (flagWord & Tcp.CWR << 16)
            | ((flagWord ^ Tcp.flagWord(memory, a)) & MERGE_MASK)
            | (Tcp.acknowledgment(memory, a) ^ Tcp.acknowledgment(memory, b))
            | (Tcp.urgent(memory, a) ^ Tcp.urgent(memory, b))
            | ((Tcp.sequence(memory, a) + held.payload()) ^ Tcp.sequence(memory, b));
    boolean size = skb.isGso() ? skb.gsoSize() == held.mss() : payload > 0 && payload <= held.mss();
    if (differ != 0 || !size) {
      return false;
    }
    int length = Tcp.headerLength(memory, b);
    for (int i = Tcp.OPTIONS_OFFSET; i < length; i += 4) {
      differ |= NetworkOrder.i32(memory, a + i) ^ NetworkOrder.i32(memory, b + i);
    }
    return differ == 0 && held.isNetworkMergeable(skb, headers);
  }

  /**
   * A UDP datagram.
   *
   * @param held the flow's held packet, or null
   * @param skb the datagram
   * @param headers its headers
   * @param mayMerge false where a lower layer or its checksum forbids to merge it
   * @return verdict bits
   */
  static int udp(@Nullable GroFlow held, SkBuff skb, long headers, boolean mayMerge) {
    MemorySegment memory = skb.memory();
    int transport = HeaderOffsets.transport(headers);
    long header = skb.position() + transport;
    int payload = skb.len() - transport - Udp.HEADER_LENGTH;
    boolean eligible =
        mayMerge
            && !skb.isGso()
            && payload > 0
            && Udp.length(memory, header) == payload + Udp.HEADER_LENGTH
            && Udp.checksum(memory, header) != 0;
    if (!eligible) {
      return FLUSH;
    }
    if (held == null) {
      return HOLD;
    }
    boolean merged =
        payload <= held.mss()
            && held.isNetworkMergeable(skb, headers)
            && held.append(skb, transport + Udp.HEADER_LENGTH);
    if (!merged) {
      return FLUSH | HOLD;
    }
    boolean last = payload != held.mss() || held.segments() >= UDP_SEGMENTS_MAX;
    return MERGED | (last ? FLUSH : 0);
  }
}
