package io.dataplane.packet.offload;

import io.dataplane.base.Counter;
import io.dataplane.memory.Offload;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.HeaderOffsets;
import io.dataplane.wire.Ipv4;
import io.dataplane.wire.Ipv6;
import io.dataplane.wire.NetworkOrder;
import io.dataplane.wire.Tcp;
import io.dataplane.wire.Udp;
import io.dataplane.wire.VlanTag;
import java.lang.foreign.MemorySegment;

/**
 * Generic receive offload: merges consecutive segments of a TCP flow into one GSO packet, so that
 * all that follows is done once instead of forty times ({@code dev_gro_receive}, net/core/gro.c).
 * Only what {@link SkbGso} would cut into exactly the same frames again is merged.
 *
 * <p>One per NAPI; packets wait in it until {@link #flush}, at the latest at the end of the poll.
 * Frames of one flow leave in the order in which they came. At most {@value #BUCKETS} times {@value
 * #FLOWS_MAX} flows are held; one more sends the oldest of its bucket on. UDP is merged only where
 * asked for ({@link NetFeatures#GRO_UDP_FWD}), since a sender of datagrams did not ask for that.
 *
 * <p>Owned by the worker that polls.
 */
public final class Gro {

  /** Hash buckets ({@code GRO_HASH_BUCKETS}). */
  public static final int BUCKETS = 8;

  /** Packets held in a bucket ({@code MAX_GRO_SKBS}). */
  public static final int FLOWS_MAX = 8;

  /** An IP frame this short has no TCP header. */
  private static final int FRAME_MIN =
      Ethernet.HEADER_LENGTH + Ipv4.HEADER_LENGTH_MIN + Tcp.HEADER_LENGTH_MIN;

  /** Bytes that are made linear before headers are looked for. */
  private static final int HEADERS_MAX = 256;

  private static final int V4_PROTOCOL = Ethernet.HEADER_LENGTH + Ipv4.PROTOCOL_OFFSET;
  private static final int V6_NEXT = Ethernet.HEADER_LENGTH + Ipv6.NEXT_HEADER_OFFSET;

  private final SkbSink sink;
  private final int udpProtocol;
  private final GroFlow[] flows = new GroFlow[BUCKETS * FLOWS_MAX];
  private final int[] counts = new int[BUCKETS];
  private int held;
  private final Counter merged = new Counter();

  /**
   * Makes the engine of one NAPI.
   *
   * @param cpu the worker that polls
   * @param features {@link NetFeatures}; only GRO_UDP_FWD is looked at
   * @param sink takes the packets
   */
  public Gro(Cpu cpu, long features, SkbSink sink) {
    this.sink = sink;
    this.udpProtocol =
        (features & NetFeatures.GRO_UDP_FWD) != 0 ? Ipv4.PROTOCOL_UDP : Ipv4.PROTOCOL_TCP;
    MemorySegment memory = cpu.memory().slab().data();
    for (int i = 0; i < flows.length; i++) {
      flows[i] = new GroFlow(memory);
    }
  }

  /**
   * Takes a received packet: passes it on, holds it or merges it into one that is held ({@code
   * napi_gro_receive}).
   *
   * @param skb data at the Ethernet header; its reference passes on
   */
  public void receive(SkBuff skb) {
    if (skb.dataLen() != 0 && skb.headlen() < HEADERS_MAX) {
      skb.mayPull(Math.min(skb.len(), HEADERS_MAX)); // where it fails, headers look cut off
    }
    if ((skb.headlen() < FRAME_MIN && !isShortUdp(skb)) || isOther(skb)) {
      sink.receive(skb);
    } else {
      receiveIp(skb);
    }
  }

  private boolean isShortUdp(SkBuff skb) {
    return udpProtocol == Ipv4.PROTOCOL_UDP
        && skb.headlen() >= FRAME_MIN - Tcp.HEADER_LENGTH_MIN + Udp.HEADER_LENGTH;
  }

  /** Whether a look at two fields says that nothing here is meant for the frame. */
  private boolean isOther(SkBuff skb) {
    MemorySegment memory = skb.memory();
    long at = skb.position();
    int type = Ethernet.type(memory, at);
    if (type == Ethernet.TYPE_IPV4) {
      int protocol = NetworkOrder.u8(memory, at + V4_PROTOCOL);
      return protocol != Ipv4.PROTOCOL_TCP && protocol != udpProtocol;
    }
    if (type == Ethernet.TYPE_IPV6) {
      int next = NetworkOrder.u8(memory, at + V6_NEXT);
      return next == Ipv6.NEXT_ICMPV6 || (next == Ipv4.PROTOCOL_UDP && next != udpProtocol);
    }
    return !VlanTag.isTpid(type);
  }

  private void receiveIp(SkBuff skb) {
    MemorySegment memory = skb.memory();
    long headers = HeaderOffsets.parse(memory, skb.position(), skb.headlen());
    boolean udp = udpProtocol == Ipv4.PROTOCOL_UDP && HeaderOffsets.is(headers, udpProtocol);
    if (!udp && !HeaderOffsets.is(headers, Ipv4.PROTOCOL_TCP)) {
      if (headers >= 0 && HeaderOffsets.isFragment(headers)) {
        flush(); // it may belong to any flow, and must not overtake
      }
      sink.receive(skb);
      return;
    }
    int transport = HeaderOffsets.transport(headers);
    int left = skb.headlen() - transport;
    if (udp ? left < Udp.HEADER_LENGTH : !Tcp.check(memory, skb.position() + transport, left)) {
      sink.receive(skb);
      return;
    }
    int bucket = bucket(skb, headers);
    int at = find(bucket, skb, headers);
    GroFlow flow = at < 0 ? null : flows[at];
    boolean mayMerge = mayMerge(skb, headers);
    int verdict =
        udp
            ? GroTransport.udp(flow, skb, headers, mayMerge)
            : GroTransport.tcp(flow, skb, headers, mayMerge);
    obey(verdict, bucket, at, skb, headers);
  }

  private void obey(int verdict, int bucket, int at, SkBuff skb, long headers) {
    if ((verdict & GroTransport.MERGED) != 0) {
      merged.increment();
    }
    if ((verdict & GroTransport.FLUSH) != 0 && at >= 0) {
      complete(bucket, at);
    }
    if ((verdict & GroTransport.HOLD) != 0) {
      hold(bucket, skb, headers);
    } else if ((verdict & GroTransport.MERGED) == 0) {
      sink.receive(skb);
    }
  }

  /**
   * Whether the packet itself is fit to be merged: nobody shares its bytes, its IP header is plain
   * and tells the length that is there, and its checksum is right.
   */
  private static boolean mayMerge(SkBuff skb, long headers) {
    MemorySegment memory = skb.memory();
    int length = skb.len();
    if (GsoHeaders.length(headers, memory, skb.position()) == length) {
      return false; // no payload: never merged, so nothing else of it need be looked at
    }
    if (skb.isShared()
        || skb.isCloned()
        || skb.panicked()
        || SkbChecksum.transportLength(skb, headers) != length - HeaderOffsets.transport(headers)) {
      return false;
    }
    if (HeaderOffsets.version(headers) == 4) {
      long ip = skb.position() + HeaderOffsets.network(headers);
      if (Ipv4.headerLength(memory, ip) != Ipv4.HEADER_LENGTH_MIN
          || (Ipv4.fragment(memory, ip) & ~Ipv4.DONT_FRAGMENT) != 0
          || !Ipv4.isChecksumValid(memory, ip)) {
        return false;
      }
    }
    return skb.isGso()
        ? skb.ipSummed() == Offload.CSUM_PARTIAL || skb.ipSummed() == Offload.CSUM_UNNECESSARY
        : SkbChecksum.verify(skb, headers) == SkbChecksum.VALID;
  }

  private static int bucket(SkBuff skb, long headers) {
    MemorySegment memory = skb.memory();
    long ip = skb.position() + HeaderOffsets.network(headers);
    long mix = NetworkOrder.i32(memory, skb.position() + HeaderOffsets.transport(headers));
    if (HeaderOffsets.version(headers) == 4) {
      mix ^= NetworkOrder.i64(memory, ip + Ipv4.SOURCE_OFFSET);
    } else {
      mix ^= NetworkOrder.i64(memory, ip + Ipv6.SOURCE_OFFSET + 8);
      mix ^= NetworkOrder.i64(memory, ip + Ipv6.DESTINATION_OFFSET + 8);
    }
    return (int) ((mix * 0x9e37_79b9_7f4a_7c15L) >>> 61);
  }

  private int find(int bucket, SkBuff skb, long headers) {
    int from = bucket * FLOWS_MAX;
    for (int i = from; i < from + counts[bucket]; i++) {
      if (flows[i].isSameFlow(skb, headers)) {
        return i;
      }
    }
    return -1;
  }

  private void hold(int bucket, SkBuff skb, long headers) {
    int from = bucket * FLOWS_MAX;
    if (counts[bucket] == FLOWS_MAX) {
      complete(bucket, from);
    }
    int payload = skb.len() - GsoHeaders.length(headers, skb.memory(), skb.position());
    flows[from + counts[bucket]++].begin(skb, headers, payload);
    held++;
  }

  /** Sends a held packet on; those behind it move up, so that the oldest stays first. */
  private void complete(int bucket, int at) {
    GroFlow flow = flows[at];
    int last = bucket * FLOWS_MAX + --counts[bucket];
    for (int i = at; i < last; i++) {
      flows[i] = flows[i + 1];
    }
    flows[last] = flow;
    held--;
    SkBuff skb = flow.complete();
    if (skb != null) {
      sink.receive(skb);
    }
  }

  /** Sends all that is held on ({@code gro_flush_normal}); at the end of each poll. */
  public void flush() {
    for (int b = 0; held > 0 && b < BUCKETS; b++) {
      while (counts[b] > 0) {
        complete(b, b * FLOWS_MAX);
      }
    }
  }

  /**
   * Packets held now.
   *
   * @return 0 .. 64
   */
  public int held() {
    return held;
  }

  /**
   * Packets that became part of another.
   *
   * @return counter
   */
  public Counter merged() {
    return merged;
  }
}
