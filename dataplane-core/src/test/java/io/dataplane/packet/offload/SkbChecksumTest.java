package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.InternetChecksum;
import io.dataplane.wire.NaiveChecksum;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkbChecksumTest {

  @Test
  void sumOverAnyRangeAndSplitIsThatOfTheNaiveLoop() {
    try (PacketFixture f = new PacketFixture()) {
      for (long seed = 1; seed <= 1000; seed++) {
        Random r = new Random(seed);
        byte[] bytes = RandomFrames.bytes(r, 1 + r.nextInt(6000));
        SkBuff skb = f.fragmented(bytes, r.nextInt(1500), 1 + r.nextInt(2000), r);
        int from = r.nextInt(bytes.length);
        int length = r.nextInt(bytes.length - from + 1);
        assertThat(InternetChecksum.fold(SkbChecksum.sum(skb, from, length)))
            .as("seed %d", seed)
            .isEqualTo(NaiveChecksum.sum(bytes, from, from + length));
        assertThat(SkbChecksum.sum(skb, from, bytes.length - from + 1)).isEqualTo(-1);
        assertThat(SkbChecksum.sum(skb, -1, 1)).isEqualTo(-1);
        assertThat(SkbChecksum.sum(skb, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(-1);
        skb.consume();
      }
    }
  }

  @Test
  void helpCompletesWhatIsPartial() {
    try (PacketFixture f = new PacketFixture()) {
      for (long seed = 1; seed <= 500; seed++) {
        Random r = new Random(seed);
        FrameSpec spec = RandomFrames.spec(r, r.nextBoolean());
        spec.payload = RandomFrames.bytes(r, r.nextInt(4000));
        byte[] complete = spec.bytes();
        spec.csum = FrameSpec.Csum.PSEUDO;
        SkBuff skb = f.fragmented(spec.bytes(), r.nextInt(300), 1500, r);
        partial(skb, spec);
        assertThat(SkbChecksum.help(skb)).as("seed %d", seed).isTrue();
        assertThat(PacketFixture.bytes(skb)).as("seed %d", seed).isEqualTo(complete);
        assertThat(skb.ipSummed()).isEqualTo(Offload.CSUM_NONE);
        assertThat(SkbChecksum.help(skb)).as("nothing left to do").isTrue();
        skb.consume();
      }
    }
  }

  @Test
  void helpDoesNotTouchTheBytesOfAClone() {
    try (PacketFixture f = new PacketFixture()) {
      FrameSpec spec = new FrameSpec();
      spec.payload = new byte[100];
      byte[] complete = spec.bytes();
      spec.csum = FrameSpec.Csum.PSEUDO;
      SkBuff skb = f.linear(spec.bytes());
      partial(skb, spec);
      SkBuff clone = Objects.requireNonNull(skb.cloneSkb());
      assertThat(SkbChecksum.help(clone)).isTrue();
      assertThat(PacketFixture.bytes(clone)).isEqualTo(complete);
      assertThat(PacketFixture.bytes(skb)).isEqualTo(spec.bytes());
      assertThat(skb.ipSummed()).isEqualTo(Offload.CSUM_PARTIAL);
      clone.consume();
      skb.consume();
    }
  }

  @Test
  void aUdpChecksumOfZeroIsSentAsOnes() {
    try (PacketFixture f = new PacketFixture()) {
      FrameSpec spec = new FrameSpec();
      spec.udp = true;
      spec.payload = new byte[2];
      byte[] b = spec.bytes();
      // A payload word equal to the checksum makes the sum all ones.
      spec.payload = new byte[] {b[spec.checksumAt()], b[spec.checksumAt() + 1]};
      spec.csum = FrameSpec.Csum.PSEUDO;
      SkBuff skb = f.linear(spec.bytes());
      partial(skb, spec);
      assertThat(SkbChecksum.help(skb)).isTrue();
      byte[] after = PacketFixture.bytes(skb);
      assertThat(after[spec.checksumAt()]).isEqualTo((byte) 0xff);
      assertThat(after[spec.checksumAt() + 1]).isEqualTo((byte) 0xff);
      assertThat(SkbChecksum.verify(skb)).isEqualTo(SkbChecksum.VALID);
      skb.consume();
    }
  }

  @Test
  void helpRefusesPlacesOutsideThePacket() {
    try (PacketFixture f = new PacketFixture()) {
      byte[] bytes = new byte[100];
      int max = Integer.MAX_VALUE;
      int[][] hostile = {
        {-1, 0},
        {-300, 16},
        {99, 0},
        {100, 0},
        {50, 49},
        {50, 65_535},
        {65_535, 65_535},
        {2000, 16},
        {max - 256, 0},
        {max - 256, 255},
        {max - 256, 256},
        {max - 256, 65_535}
      };
      for (int[] place : hostile) {
        SkBuff skb = f.linear(bytes);
        skb.ipSummed(Offload.CSUM_PARTIAL);
        skb.csumStart(skb.data() + place[0]);
        skb.csumOffset(place[1]);
        assertThat(SkbChecksum.help(skb)).as("%d+%d", place[0], place[1]).isFalse();
        assertThat(PacketFixture.bytes(skb)).isEqualTo(bytes);
        skb.consume();
      }
      SkBuff skb = f.linear(bytes);
      skb.ipSummed(Offload.CSUM_PARTIAL);
      skb.csumStart(skb.data() + 50);
      skb.csumOffset(48);
      assertThat(SkbChecksum.help(skb)).as("the last two bytes").isTrue();
      skb.consume();
    }
  }

  @Test
  void verifySaysWhatTheNaiveSumSays() {
    try (PacketFixture f = new PacketFixture()) {
      for (long seed = 1; seed <= 1000; seed++) {
        Random r = new Random(seed);
        FrameSpec spec = RandomFrames.spec(r, r.nextBoolean());
        spec.payload = RandomFrames.bytes(r, r.nextInt(3000));
        boolean right = r.nextBoolean();
        spec.csum = right ? FrameSpec.Csum.COMPLETE : FrameSpec.Csum.WRONG;
        byte[] bytes = spec.bytes();
        byte[] padded = java.util.Arrays.copyOf(bytes, bytes.length + r.nextInt(40));
        padded[padded.length - 1] |= (byte) (padded.length > bytes.length ? 0x7f : 0);
        SkBuff skb = f.fragmented(padded, Math.max(300, r.nextInt(1500)), 2000, r);
        assertThat(SkbChecksum.verify(skb))
            .as("seed %d", seed)
            .isEqualTo(right ? SkbChecksum.VALID : SkbChecksum.INVALID);
        assertThat(skb.ipSummed()).isEqualTo(right ? Offload.CSUM_UNNECESSARY : Offload.CSUM_NONE);
        skb.consume();
      }
    }
  }

  @Test
  void verifyKnowsWhatItDoesNotKnow() {
    try (PacketFixture f = new PacketFixture()) {
      FrameSpec spec = new FrameSpec();
      spec.payload = new byte[30];
      spec.fragment = 0x2000;
      assertVerify(f, spec.bytes(), SkbChecksum.NOT_APPLICABLE);
      assertVerify(f, new byte[60], SkbChecksum.NOT_APPLICABLE);
      assertVerify(f, new byte[3], SkbChecksum.NOT_APPLICABLE);
      spec = new FrameSpec();
      spec.udp = true;
      byte[] none = spec.bytes();
      none[spec.checksumAt()] = 0;
      none[spec.checksumAt() + 1] = 0;
      assertVerify(f, none, SkbChecksum.VALID); // RFC 768: no checksum
      spec.v6 = true;
      none = spec.bytes();
      none[spec.checksumAt()] = 0;
      none[spec.checksumAt() + 1] = 0;
      assertVerify(f, none, SkbChecksum.INVALID); // RFC 8200 section 8.1
      spec.v6 = false;
      byte[] longer = spec.bytes();
      longer[spec.network() + 3]++; // an IP length behind the end of the frame
      assertVerify(f, longer, SkbChecksum.INVALID);
    }
  }

  private static void assertVerify(PacketFixture f, byte[] bytes, int expected) {
    SkBuff skb = f.linear(bytes);
    assertThat(SkbChecksum.verify(skb)).isEqualTo(expected);
    skb.consume();
  }

  static void partial(SkBuff skb, FrameSpec spec) {
    skb.ipSummed(Offload.CSUM_PARTIAL);
    skb.csumStart(skb.data() + spec.transport());
    skb.csumOffset(spec.checksumAt() - spec.transport());
  }
}
