package io.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderOffsetsTest {

  @Test
  void findsHeadersBehindZeroOneAndTwoTags() {
    for (int tags = 0; tags <= 2; tags++) {
      byte[] frame = new byte[14 + 4 * tags + 40];
      for (int i = 0; i < tags; i++) {
        type(frame, 12 + 4 * i, i == 0 ? 0x8100 : 0x88a8);
      }
      type(frame, 12 + 4 * tags, 0x0800);
      frame[14 + 4 * tags] = 0x45;
      frame[14 + 4 * tags + 9] = 6;
      long h = HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, frame.length);
      assertThat(HeaderOffsets.version(h)).isEqualTo(4);
      assertThat(HeaderOffsets.network(h)).isEqualTo(14 + 4 * tags);
      assertThat(HeaderOffsets.transport(h)).isEqualTo(34 + 4 * tags);
      assertThat(HeaderOffsets.is(h, 6)).isTrue();
      assertThat(HeaderOffsets.is(h, 17)).isFalse();
      for (int cut = 0; cut < 34 + 4 * tags; cut++) {
        assertThat(HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, cut))
            .as("%d tags, %d bytes", tags, cut)
            .isEqualTo(HeaderOffsets.BAD);
      }
    }
  }

  @Test
  void aThirdTagIsNotIp() {
    byte[] frame = new byte[100];
    type(frame, 12, 0x8100);
    type(frame, 16, 0x8100);
    type(frame, 20, 0x8100);
    type(frame, 24, 0x0800);
    long h = HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, frame.length);
    assertThat(HeaderOffsets.version(h)).isZero();
    assertThat(HeaderOffsets.network(h)).isEqualTo(22);
  }

  @Test
  void otherProtocolsHaveNoVersion() {
    byte[] frame = new byte[60];
    type(frame, 12, 0x0806);
    long h = HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, frame.length);
    assertThat(h).isNotEqualTo(HeaderOffsets.BAD);
    assertThat(HeaderOffsets.version(h)).isZero();
    assertThat(HeaderOffsets.is(h, 6)).isFalse();
    assertThat(HeaderOffsets.is(HeaderOffsets.BAD, 6)).isFalse();
  }

  @Test
  void versionMustMatchTheEtherType() {
    byte[] frame = new byte[60];
    type(frame, 12, 0x0800);
    frame[14] = 0x65;
    assertThat(HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, 60))
        .isEqualTo(HeaderOffsets.BAD);
  }

  @Test
  void neverReadsBehindWhatItIsGiven() {
    for (long seed = 1; seed <= 50_000; seed++) {
      Random random = new Random(seed);
      byte[] frame = new byte[random.nextInt(160)];
      random.nextBytes(frame);
      if (frame.length >= 15) {
        boolean v6 = random.nextBoolean();
        type(frame, 12, v6 ? 0x86dd : 0x0800);
        frame[14] = (byte) (v6 ? 0x60 : 0x40 | random.nextInt(16));
        for (int i = v6 ? 20 : frame.length; i < frame.length; i += 8) {
          frame[i] = (byte) new int[] {0, 43, 60, 44, 6}[random.nextInt(5)];
        }
      }
      // The segment ends where the frame does: a read behind it throws.
      long h = HeaderOffsets.parse(MemorySegment.ofArray(frame), 0, frame.length);
      if (h != HeaderOffsets.BAD) {
        assertThat(HeaderOffsets.transport(h))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(frame.length);
      }
    }
  }

  private static void type(byte[] frame, int at, int type) {
    frame[at] = (byte) (type >>> 8);
    frame[at + 1] = (byte) type;
  }
}
