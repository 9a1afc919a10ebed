package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkbValidateTest {

  private static final long TAP =
      NetFeatures.SG
          | NetFeatures.HW_CSUM
          | NetFeatures.TSO
          | NetFeatures.TSO6
          | NetFeatures.TSO_ECN
          | NetFeatures.GSO_UDP_L4;

  @Test
  void aPlainPacketPassesUntouched() {
    try (PacketFixture f = new PacketFixture()) {
      SkBuff skb = f.linear(new byte[60]);
      assertThat(SkbValidate.validateXmit(skb, NetFeatures.NONE)).isSameAs(skb);
      skb.consume();
    }
  }

  @Test
  void aDeviceThatDoesAllGetsThePacketAsItIs() {
    try (PacketFixture f = new PacketFixture()) {
      Random r = new Random(1);
      FrameSpec spec = new FrameSpec();
      spec.payload = new byte[20_000];
      SkBuff skb = SkbGsoTest.gso(f, spec, 1448, r);
      assertThat(SkbValidate.validateXmit(skb, TAP)).isSameAs(skb);
      assertThat(skb.gsoSize()).isEqualTo(1448);
      assertThat(skb.ipSummed()).isEqualTo(Offload.CSUM_PARTIAL);
      skb.consume();
    }
  }

  @Test
  void everyFormLeavesInAFormThatThePortTakes() {
    try (PacketFixture f = new PacketFixture(4096, 64, 2048)) {
      for (long seed = 1; seed <= 600; seed++) {
        Random r = new Random(seed);
        FrameSpec spec = RandomFrames.spec(r, r.nextBoolean());
        spec.flags = r.nextInt(256) & ~FrameSpec.SYN;
        spec.payload = RandomFrames.bytes(r, 2 + r.nextInt(r.nextBoolean() ? 50_000 : 1400));
        boolean gso = r.nextBoolean();
        boolean tag = r.nextInt(3) == 0 && spec.tags.length < 2;
        SkBuff skb = outgoing(f, spec, gso, r);
        List<byte[]> expected = gso ? tagged(spec, tag).segments(skb.gsoSize()) : List.of();
        byte[] whole = tagged(spec, tag).bytes();
        skb.vlan(tag ? 0x8100_0123 : 0);
        long features = NetFeatures.fix(r.nextLong()) & ~NetFeatures.HW_VLAN_CTAG_TX;
        SkBuff list = SkbValidate.validateXmit(skb, features);
        assertThat(list).as("seed %d", seed).isNotNull();
        for (SkBuff s = list; s != null; s = s.next()) {
          assertTakes(s, features, "seed " + seed);
        }
        if (Objects.requireNonNull(list).isGso()) {
          SkBuff segments = SkbGso.segment(list, NetFeatures.NONE);
          SkbGsoTest.assertFrames(SkbGsoTest.frames(segments), expected, "seed " + seed);
          PacketFixture.consumeAll(segments);
        } else {
          for (SkBuff s = list; s != null; s = s.next()) {
            assertThat(SkbChecksum.help(s)).isTrue();
          }
          SkbGsoTest.assertFrames(
              SkbGsoTest.frames(list), gso ? expected : List.of(whole), "seed " + seed);
          PacketFixture.consumeAll(list);
        }
        f.requireAllBack();
      }
    }
  }

  private static SkBuff outgoing(PacketFixture f, FrameSpec spec, boolean gso, Random r) {
    if (gso) {
      return SkbGsoTest.gso(
          f, spec, Math.min(1 + r.nextInt(1448), spec.payload.length - 1) + 40, r);
    }
    FrameSpec partial = spec.clone();
    boolean complete = r.nextBoolean();
    partial.csum = complete ? FrameSpec.Csum.COMPLETE : FrameSpec.Csum.PSEUDO;
    SkBuff skb = f.fragmented(partial.bytes(), r.nextInt(1600), 20_000, r);
    if (!complete) {
      SkbChecksumTest.partial(skb, spec);
    }
    return skb;
  }

  /** The same frame with the tag in its bytes. */
  private static FrameSpec tagged(FrameSpec spec, boolean tag) {
    FrameSpec s = spec.clone();
    if (tag) {
      s.tags = new int[spec.tags.length + 1];
      s.tags[0] = 0x8100_0123;
      System.arraycopy(spec.tags, 0, s.tags, 1, spec.tags.length);
    }
    return s;
  }

  private static void assertTakes(SkBuff s, long features, String what) {
    if ((features & NetFeatures.SG) == 0) {
      assertThat(s.dataLen()).as(what).isZero();
    }
    if ((features & NetFeatures.HW_CSUM) == 0) {
      assertThat(s.ipSummed()).as(what).isNotEqualTo(Offload.CSUM_PARTIAL);
    }
    if (s.isGso()) {
      assertThat(NetFeatures.isGsoOk(features, s.gsoType())).as(what).isTrue();
    }
    assertThat(s.vlan()).as(what).isZero();
  }

  @Test
  void aTagStaysBesideTheBytesWhereTheDeviceInsertsIt() {
    try (PacketFixture f = new PacketFixture()) {
      SkBuff skb = f.linear(new byte[60]);
      skb.vlan(0x8100_0001);
      assertThat(SkbValidate.validateXmit(skb, NetFeatures.HW_VLAN_CTAG_TX)).isSameAs(skb);
      assertThat(skb.vlan()).isEqualTo(0x8100_0001);
      assertThat(skb.len()).isEqualTo(60);
      skb.consume();
    }
  }

  @Test
  void aCloneIsTaggedWithoutTouchingItsSibling() {
    try (PacketFixture f = new PacketFixture()) {
      byte[] bytes = RandomFrames.bytes(new Random(1), 60);
      SkBuff skb = f.linear(bytes);
      SkBuff clone = Objects.requireNonNull(skb.cloneSkb());
      clone.vlan(0x8100_0002);
      assertThat(SkbValidate.validateXmit(clone, NetFeatures.NONE)).isSameAs(clone);
      assertThat(clone.len()).isEqualTo(64);
      assertThat(PacketFixture.bytes(skb)).isEqualTo(bytes);
      clone.consume();
      skb.consume();
    }
  }

  @Test
  void metadataInFrontOfTheDataIsForgottenWhereATagOverwritesIt() {
    try (PacketFixture f = new PacketFixture()) {
      SkBuff skb = f.linear(new byte[60]);
      skb.metaLength(8);
      skb.vlan(0x8100_0001);
      assertThat(SkbValidate.validateXmit(skb, NetFeatures.NONE)).isSameAs(skb);
      assertThat(skb.metaLength()).isZero();
      assertThat(skb.macHeader()).isEqualTo(skb.data());
      skb.consume();
    }
  }

  @Test
  void whatCannotBeMadeFitIsDroppedAndCounted() {
    try (PacketFixture f = new PacketFixture(64, 16, 128)) {
      Random r = new Random(1);
      SkBuff runt = f.linear(new byte[10]);
      runt.vlan(0x8100_0001);
      dropped(f, runt, 0, DropReason.PKT_TOO_SMALL);

      SkBuff lie = f.linear(new byte[100]);
      lie.ipSummed(Offload.CSUM_PARTIAL);
      lie.csumStart(lie.data() + 99);
      dropped(f, lie, 0, DropReason.SKB_CSUM);

      FrameSpec spec = new FrameSpec();
      spec.payload = new byte[50_000];
      SkBuff gso = SkbGsoTest.gso(f, spec, 1448, r);
      gso.gsoType(Offload.GSO_TCPV6);
      dropped(f, gso, 0, DropReason.SKB_GSO_SEG);

      SkBuff dodgy = SkbGsoTest.gso(f, spec, 1448, r);
      dodgy.gsoType(Offload.GSO_UDP_L4 | Offload.GSO_DODGY);
      dropped(f, dodgy, TAP, DropReason.SKB_GSO_SEG);

      SkBuff many = SkbGsoTest.gso(f, spec, 500, r);
      dropped(f, many, 0, DropReason.NOMEM);
    }
  }

  private static void dropped(PacketFixture f, SkBuff skb, long features, DropReason reason) {
    long before = f.cpu.drops().get(1, reason);
    assertThat(SkbValidate.validateXmit(skb, features)).isNull();
    assertThat(f.cpu.drops().get(1, reason)).as("%s", reason).isEqualTo(before + 1);
    f.requireAllBack();
  }
}
