package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules of tcp_gro_receive, inet_gro_receive and dev_gro_receive, one by one. */
class GroTest {

  private static final int MSS = 1448;

  private static final class Rig implements AutoCloseable {
    final PacketFixture fixture = new PacketFixture();
    final List<SkBuff> out = new ArrayList<>();
    final Gro gro;

    Rig(long features) {
      gro = new Gro(fixture.cpu, features, out::add);
    }

    SkBuff send(FrameSpec spec) {
      return sendBytes(spec.bytes());
    }

    SkBuff sendBytes(byte[] bytes) {
      SkBuff skb = fixture.linear(bytes);
      gro.receive(skb);
      return skb;
    }

    /** Segments in each packet that came out. */
    List<Integer> sizes() {
      gro.flush();
      List<Integer> sizes = new ArrayList<>();
      for (SkBuff skb : out) {
        sizes.add(skb.isGso() ? skb.fragCount() + 1 : 1);
      }
      return sizes;
    }

    @Override
    public void close() {
      out.forEach(SkBuff::consume);
      assertThat(gro.held()).isZero();
      fixture.close();
    }
  }

  /** A segment, the n-th of a flow whose segments are full. */
  private static FrameSpec segment(int n) {
    FrameSpec s = new FrameSpec();
    s.seq = 1000 + n * MSS;
    s.id = 10 + n;
    s.options = new byte[] {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};
    s.payload = RandomFrames.bytes(new Random(n), MSS);
    return s;
  }

  /** Three segments of which the middle one is changed, and what comes out. */
  private static void assertThree(Consumer<FrameSpec> change, Integer... sizes) {
    assertThree(change, s -> {}, sizes);
  }

  private static void assertThree(
      Consumer<FrameSpec> middle, Consumer<FrameSpec> all, Integer... sizes) {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      for (int i = 0; i < 3; i++) {
        FrameSpec s = segment(i);
        all.accept(s);
        if (i == 1) {
          middle.accept(s);
        }
        rig.send(s);
      }
      assertThat(rig.sizes()).containsExactly(sizes);
    }
  }

  @Test
  void consecutiveSegmentsBecomeOne() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      FrameSpec large = segment(0);
      large.payload = RandomFrames.bytes(new Random(1), 10 * MSS);
      for (byte[] frame : large.segments(MSS)) {
        rig.sendBytes(frame);
        assertThat(rig.out).isEmpty();
      }
      rig.gro.flush();
      assertThat(rig.out).hasSize(1);
      SkBuff skb = rig.out.getFirst();
      assertThat(skb.gsoSize()).isEqualTo(MSS);
      assertThat(skb.gsoType()).isEqualTo(Offload.GSO_TCPV4);
      assertThat(skb.ipSummed()).isEqualTo(Offload.CSUM_PARTIAL);
      assertThat(skb.csumStart() - skb.data()).isEqualTo(large.transport());
      assertThat(skb.csumOffset()).isEqualTo(16);
      assertThat(rig.gro.merged().get()).isEqualTo(9);
      large.csum = FrameSpec.Csum.PSEUDO;
      assertThat(PacketFixture.bytes(skb)).isEqualTo(large.bytes());
    }
  }

  @Test
  void payloadIsNotCopied() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      rig.send(segment(0));
      SkBuff second = rig.fixture.linear(segment(1).bytes());
      int frame = second.headFrame();
      rig.gro.receive(second);
      rig.gro.flush();
      assertThat(rig.out.getFirst().fragFrame(0)).isEqualTo(frame);
    }
  }

  @Test
  void onePacketStaysAsItCame() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      FrameSpec s = segment(0);
      SkBuff skb = rig.send(s);
      assertThat(rig.gro.held()).isEqualTo(1);
      rig.gro.flush();
      assertThat(rig.out).containsExactly(skb);
      assertThat(skb.isGso()).isFalse();
      assertThat(skb.ipSummed()).isEqualTo(Offload.CSUM_UNNECESSARY);
      assertThat(PacketFixture.bytes(skb)).isEqualTo(s.bytes());
    }
  }

  @Test
  void whatIsNotTcpPassesAtOnce() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      rig.send(segment(0));
      FrameSpec udp = segment(1);
      udp.udp = true;
      SkBuff datagram = rig.send(udp);
      SkBuff arp = rig.sendBytes(new byte[60]);
      SkBuff runt = rig.sendBytes(new byte[1]);
      assertThat(rig.out).containsExactly(datagram, arp, runt);
      assertThat(rig.sizes()).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void tcpHeadersMustAgree() {
    assertThree(s -> {}, 3);
    assertThree(s -> s.ack++, 1, 1, 1);
    assertThree(s -> s.window++, 1, 1, 1);
    assertThree(s -> s.options[11]++, 1, 1, 1); // a timestamp ticked
    assertThree(s -> s.options = new byte[12], 1, 1, 1);
    assertThree(s -> s.urgent = 5, 1, 1, 1);
    assertThree(s -> s.seq++, 1, 1, 1);
    assertThree(s -> s.seq -= MSS, 1, 1, 1); // a retransmission
    assertThree(s -> s.flags |= FrameSpec.ECE, 1, 1, 1);
    assertThree(s -> s.flags |= FrameSpec.CWR, 1, 2); // CWR only in the first of a packet
    assertThree(s -> s.flags |= FrameSpec.URG, 1, 1, 1);
    assertThree(s -> s.flags |= FrameSpec.SYN, 1, 1, 1);
  }

  @Test
  void pushFinAndShortSegmentsEndAPacket() {
    assertThree(s -> s.flags |= FrameSpec.PSH, 2, 1);
    assertThree(s -> s.flags |= FrameSpec.FIN, 2, 1);
    assertThree(s -> s.payload = new byte[MSS - 1], 2, 1);
    assertThree(s -> s.payload = new byte[MSS + 1], 1, 1, 1);
    assertThree(s -> s.payload = new byte[0], 1, 1, 1);
  }

  @Test
  void ipHeadersMustAgree() {
    assertThree(s -> s.ttl--, 1, 1, 1);
    assertThree(s -> s.tos ^= 0x80, 1, 1, 1);
    assertThree(s -> s.tos |= 3, s -> s.tos |= 2, 1, 1, 1); // CE is not mixed with ECT
    assertThree(s -> s.fragment = 0, 1, 1, 1);
    assertThree(s -> s.fragment = 0x8000, 1, 1, 1);
    assertThree(s -> s.id += 5, 1, 1, 1);
    assertThree(s -> s.id = 10, 2, 1); // two equal ids with DF: a flow of fixed ids
    assertThree(s -> s.id = 10, s -> s.fragment = 0, 1, 1, 1);
    assertThree(s -> s.ipOptions = new byte[4], 1, 1, 1);
    assertThree(s -> {}, s -> s.ipOptions = new byte[4], 1, 1, 1);
    assertThree(s -> s.wrongIpChecksum = true, 1, 1, 1);
    assertThree(s -> s.csum = FrameSpec.Csum.WRONG, 1, 1, 1);
  }

  @Test
  void ipv6HeadersMustAgree() {
    Consumer<FrameSpec> v6 = s -> s.v6 = true;
    assertThree(s -> {}, v6, 3);
    assertThree(s -> s.ttl--, v6, 1, 1, 1);
    assertThree(s -> s.tos ^= 0x10, v6, 1, 1, 1);
    assertThree(s -> s.ipOptions = new byte[8], v6, 1, 1, 1);
    assertThree(
        s -> {},
        s -> {
          s.v6 = true;
          s.ipOptions = new byte[16];
        },
        3);
    assertThree(s -> s.flowLabel = 5, v6, 1, 1, 1); // another flow: the first and third do not join
  }

  @Test
  void flowsAreKeptApart() {
    assertThree(s -> s.srcPort++, 1, 1, 1);
    assertThree(s -> s.dstHost++, 1, 1, 1);
    assertThree(s -> s.src++, 1, 1, 1);
    assertThree(s -> s.tags = new int[] {0x8100_0005}, 1, 1, 1);
    assertThree(s -> s.tags[0]++, s -> s.tags = new int[] {0x8100_0005}, 1, 1, 1);
    assertThree(s -> {}, s -> s.tags = new int[] {0x88a8_0007, 0x8100_0005}, 3);
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      for (int i = 0; i < 3; i++) {
        SkBuff skb = rig.fixture.linear(segment(i).bytes());
        skb.vlan(i == 1 ? 0x8100_0001 : 0);
        rig.gro.receive(skb);
      }
      assertThat(rig.sizes()).containsExactlyInAnyOrder(1, 1, 1);
    }
  }

  @Test
  void fixedIdsAreRemembered() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      for (int i = 0; i < 3; i++) {
        FrameSpec s = segment(i);
        s.id = 0;
        rig.send(s);
      }
      assertThat(rig.sizes()).containsExactly(3);
      assertThat(rig.out.getFirst().gsoType())
          .isEqualTo(Offload.GSO_TCPV4 | Offload.GSO_TCP_FIXEDID);
    }
  }

  @Test
  void cwrInTheFirstMakesAnEcnPacket() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      FrameSpec s = segment(0);
      s.flags |= FrameSpec.CWR;
      rig.send(s);
      rig.send(segment(1));
      assertThat(rig.sizes()).containsExactly(2);
      assertThat(rig.out.getFirst().gsoType()).isEqualTo(Offload.GSO_TCPV4 | Offload.GSO_TCP_ECN);
    }
  }

  @Test
  void aPacketNeverGrowsOver64KiB() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      FrameSpec large = segment(0);
      large.payload = new byte[100 * MSS];
      large.segments(MSS).forEach(rig::sendBytes);
      rig.gro.flush();
      assertThat(rig.out).hasSize(3);
      for (SkBuff skb : rig.out) {
        assertThat(skb.len() - 14).isLessThanOrEqualTo(65_535);
      }
      assertThat(rig.out.getFirst().fragCount()).isEqualTo(44);
    }
  }

  @Test
  void gsoPacketsOfATapAreMergedOrPassedWhole() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      Random r = new Random(1);
      FrameSpec a = segment(0);
      a.payload = RandomFrames.bytes(r, 4 * MSS);
      FrameSpec b = segment(4);
      b.payload = RandomFrames.bytes(r, 3 * MSS + 7);
      FrameSpec c = segment(8);
      c.payload = RandomFrames.bytes(r, 3 * MSS);
      rig.gro.receive(SkbGsoTest.gso(rig.fixture, a, MSS, r));
      assertThat(rig.gro.held()).isEqualTo(1);
      rig.gro.receive(SkbGsoTest.gso(rig.fixture, b, MSS, r));
      assertThat(rig.out).as("a short end completes it").hasSize(1);
      rig.gro.receive(SkbGsoTest.gso(rig.fixture, c, 1000, r)); // last of 345 bytes: not held
      assertThat(rig.gro.held()).isZero();
      assertThat(rig.out).hasSize(2);
      List<byte[]> expected = new ArrayList<>(a.segments(MSS));
      expected.addAll(b.segments(MSS));
      SkBuff segments = SkbGso.segment(rig.out.removeFirst(), NetFeatures.NONE);
      SkbGsoTest.assertFrames(SkbGsoTest.frames(segments), expected, "merged GSO");
      PacketFixture.consumeAll(segments);
    }
  }

  @Test
  void sharedBytesAreNotWrittenTo() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      SkBuff skb = rig.fixture.linear(segment(0).bytes());
      SkBuff clone = Objects.requireNonNull(skb.cloneSkb());
      rig.gro.receive(skb);
      assertThat(rig.out).containsExactly(skb);
      rig.send(segment(1));
      assertThat(rig.sizes()).containsExactly(1, 1);
      clone.consume();
    }
  }

  @Test
  void heldFlowsAreBounded() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      for (int i = 0; i < 300; i++) {
        FrameSpec s = segment(0);
        s.srcPort = i;
        rig.send(s);
        assertThat(rig.gro.held()).isLessThanOrEqualTo(Gro.BUCKETS * Gro.FLOWS_MAX);
      }
      assertThat(rig.out).isNotEmpty();
      assertThat(rig.sizes()).hasSize(300);
    }
  }

  @Test
  void aFragmentDoesNotOvertake() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      SkBuff first = rig.send(segment(0));
      FrameSpec s = segment(1);
      s.fragment = 0x2000;
      SkBuff fragment = rig.send(s);
      assertThat(rig.out).containsExactly(first, fragment);
    }
  }

  @Test
  void paddingKeepsAPacketOut() {
    try (Rig rig = new Rig(NetFeatures.NONE)) {
      rig.send(segment(0));
      FrameSpec s = segment(1);
      s.payload = new byte[2];
      rig.sendBytes(java.util.Arrays.copyOf(s.bytes(), 80));
      assertThat(rig.sizes()).containsExactly(1, 1);
    }
  }

  @Test
  void udpIsMergedOnlyWhereAskedFor() {
    for (boolean asked : new boolean[] {false, true}) {
      try (Rig rig = new Rig(asked ? NetFeatures.GRO_UDP_FWD : NetFeatures.NONE)) {
        for (int i = 0; i < 5; i++) {
          FrameSpec s = segment(i);
          s.udp = true;
          s.payload = RandomFrames.bytes(new Random(i), i == 3 ? 500 : 1200);
          rig.send(s);
        }
        Integer[] sizes = asked ? new Integer[] {4, 1} : new Integer[] {1, 1, 1, 1, 1};
        assertThat(rig.sizes()).containsExactly(sizes);
        if (asked) {
          assertThat(rig.out.getFirst().gsoType()).isEqualTo(Offload.GSO_UDP_L4);
          assertThat(rig.out.getFirst().gsoSize()).isEqualTo(1200);
        }
      }
    }
  }
}
