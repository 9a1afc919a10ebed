package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SkbGsoTest {

  /** A GSO packet as a TAP or our own TCP makes it. */
  static SkBuff gso(PacketFixture f, FrameSpec spec, int size, Random r) {
    FrameSpec partial = spec.clone();
    partial.csum = FrameSpec.Csum.PSEUDO;
    SkBuff skb = f.fragmented(partial.bytes(), 300 + r.nextInt(1400), 30_000, r);
    SkbChecksumTest.partial(skb, spec);
    skb.gsoSize(size);
    skb.gsoType(
        (spec.udp ? Offload.GSO_UDP_L4 : spec.v6 ? Offload.GSO_TCPV6 : Offload.GSO_TCPV4)
            | (spec.fixedId ? Offload.GSO_TCP_FIXEDID : 0)
            | ((spec.flags & FrameSpec.CWR) != 0 && !spec.udp ? Offload.GSO_TCP_ECN : 0));
    return skb;
  }

  private static FrameSpec large(Random r) {
    FrameSpec spec = RandomFrames.spec(r, r.nextInt(3) == 0);
    spec.flags = r.nextInt(256) & ~FrameSpec.SYN;
    spec.fixedId = r.nextInt(4) == 0;
    int max = 65_535 - spec.headerLength();
    spec.payload = RandomFrames.bytes(r, 2 + r.nextInt(r.nextBoolean() ? max - 2 : 5000));
    return spec;
  }

  static List<byte[]> frames(@Nullable SkBuff list) {
    List<byte[]> frames = new ArrayList<>();
    for (SkBuff skb = list; skb != null; skb = skb.next()) {
      frames.add(PacketFixture.bytes(skb));
    }
    return frames;
  }

  static void assertFrames(List<byte[]> actual, List<byte[]> expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i)).as("%s, frame %d", what, i).isEqualTo(expected.get(i));
    }
  }

  @Test
  void segmentsAreThoseOfTheNaiveSegmenterInEveryMixOfFeatures() {
    try (PacketFixture f = new PacketFixture(2048, 64, 1024)) {
      for (long seed = 1; seed <= 400; seed++) {
        Random r = new Random(seed);
        FrameSpec spec = large(r);
        int size = Math.max(spec.payload.length / 400 + 1, 1 + r.nextInt(1600));
        SkBuff skb = gso(f, spec, Math.min(size, spec.payload.length - 1), r);
        List<byte[]> expected = spec.segments(skb.gsoSize());
        boolean sg = r.nextBoolean();
        boolean csum = r.nextBoolean();
        long features = (sg ? NetFeatures.SG : 0) | (csum ? NetFeatures.HW_CSUM : 0);
        SkBuff list = SkbGso.segment(skb, features);
        assertThat(list).as("seed %d", seed).isNotNull();
        for (SkBuff s = list; s != null; s = s.next()) {
          assertThat(s.isGso()).isFalse();
          assertThat(s.dev()).isSameAs(PacketFixture.DEV);
          assertThat(s.ipSummed()).isEqualTo(csum ? Offload.CSUM_PARTIAL : Offload.CSUM_NONE);
          assertThat(s.networkHeader() - s.data()).isEqualTo(spec.network());
          assertThat(s.transportHeader() - s.data()).isEqualTo(spec.transport());
          assertThat(s.dataLen() == 0).as("linear").isEqualTo(!sg);
          assertThat(SkbChecksum.help(s)).isTrue();
        }
        assertFrames(frames(list), expected, "seed " + seed);
        PacketFixture.consumeAll(list);
        f.requireAllBack();
      }
    }
  }

  @Test
  void aChecksumThatWasNeverSummedIsMadeWhole() {
    try (PacketFixture f = new PacketFixture()) {
      Random r = new Random(1);
      FrameSpec spec = new FrameSpec();
      spec.payload = RandomFrames.bytes(r, 4000);
      SkBuff skb = gso(f, spec, 1448, r);
      skb.ipSummed(Offload.CSUM_NONE);
      SkBuff list = SkbGso.segment(skb, NetFeatures.NONE);
      assertFrames(frames(list), spec.segments(1448), "NONE");
      PacketFixture.consumeAll(list);
    }
  }

  @Test
  void allOrNothingWhereMemoryRunsOut() {
    try (PacketFixture f = new PacketFixture(64, 8, 256)) {
      Random r = new Random(1);
      FrameSpec spec = new FrameSpec();
      spec.payload = RandomFrames.bytes(r, 60_000);
      SkBuff skb = gso(f, spec, 500, r); // 120 segments, 64 frames
      byte[] before = PacketFixture.bytes(skb);
      int free = f.cpu.frames().freeFrames();
      assertThat(SkbGso.segment(skb, NetFeatures.NONE)).isNull();
      assertThat(SkbGso.segment(skb, NetFeatures.SG)).isNull();
      assertThat(f.cpu.frames().freeFrames()).isEqualTo(free);
      assertThat(f.cpu.skbs().available()).isEqualTo(f.cpu.skbs().capacity() - 1);
      assertThat(PacketFixture.bytes(skb)).isEqualTo(before);
      skb.gsoSize(100); // 600 segments, 256 SkBuffs
      assertThat(SkbGso.segment(skb, NetFeatures.NONE)).isNull();
      skb.consume();
    }
  }

  @Test
  void whatTheHeadersDoNotBearOutIsRefused() {
    try (PacketFixture f = new PacketFixture()) {
      Random r = new Random(1);
      FrameSpec spec = new FrameSpec();
      spec.payload = new byte[3000];
      int[] wrong = {
        0, Offload.GSO_TCPV6, Offload.GSO_UDP_L4, Offload.GSO_TCPV4 | Offload.GSO_TCPV6
      };
      for (int type : wrong) {
        SkBuff skb = gso(f, spec, 1000, r);
        skb.gsoType(type);
        assertThat(SkbGso.isSegmentable(skb)).as("type %d", type).isFalse();
        assertThat(SkbGso.segment(skb, NetFeatures.SG)).isNull();
        skb.consume();
      }
      SkBuff elsewhere = gso(f, spec, 1000, r);
      elsewhere.csumStart(elsewhere.csumStart() + 2);
      assertThat(SkbGso.isSegmentable(elsewhere)).isFalse();
      elsewhere.consume();
      spec.fragment = 0x2000;
      SkBuff fragment = gso(f, spec, 1000, r);
      assertThat(SkbGso.isSegmentable(fragment)).as("a fragment").isFalse();
      fragment.consume();
      SkBuff plain = f.linear(new byte[100]);
      assertThat(SkbGso.segment(plain, NetFeatures.SG)).isNull();
      plain.consume();
    }
  }

  @Test
  void theLongestSegmentIsKnownBeforehand() {
    try (PacketFixture f = new PacketFixture()) {
      Random r = new Random(1);
      FrameSpec spec = RandomFrames.spec(r, false);
      spec.payload = new byte[5000];
      SkBuff skb = gso(f, spec, 1200, r);
      assertThat(SkbGso.segmentLength(skb)).isEqualTo(spec.headerLength() + 1200);
      skb.gsoType(Offload.GSO_UDP_L4);
      assertThat(SkbGso.segmentLength(skb)).as("no GSO packet at all").isEqualTo(skb.len());
      skb.consume();
    }
  }

  @Test
  void sharedPayloadIsNotCopied() {
    try (PacketFixture f = new PacketFixture()) {
      Random r = new Random(1);
      FrameSpec spec = new FrameSpec();
      spec.payload = RandomFrames.bytes(r, 20_000);
      SkBuff skb = gso(f, spec, 1448, r);
      int head = skb.headFrame();
      SkBuff list = Objects.requireNonNull(SkbGso.segment(skb, NetFeatures.SG));
      assertThat(list.fragFrame(0)).isEqualTo(head);
      assertThat(list.headlen()).isEqualTo(spec.headerLength());
      PacketFixture.consumeAll(list);
    }
  }
}
