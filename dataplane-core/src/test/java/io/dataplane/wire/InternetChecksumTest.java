package io.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

  @Test
  void rfc1071Example() {
    // Section 3: bytes 00 01 f2 03 f4 f5 f6 f7 give 2ddf0, folded ddf2.
    MemorySegment m = segment(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
    assertThat(InternetChecksum.fold(InternetChecksum.sum(m, 0, 8))).isEqualTo(0xddf2);
    assertThat(InternetChecksum.finish(InternetChecksum.sum(m, 0, 8))).isEqualTo(0x220d);
  }

  @Test
  void ipv4HeaderOfAWellKnownPacket() {
    MemorySegment m =
        segment(
            0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0, 0, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0,
            0xc7);
    assertThat(InternetChecksum.finish(InternetChecksum.sum(m, 0, 20))).isEqualTo(0xb861);
    Ipv4.updateChecksum(m, 0);
    assertThat(NetworkOrder.u16(m, Ipv4.CHECKSUM_OFFSET)).isEqualTo(0xb861);
    assertThat(Ipv4.isChecksumValid(m, 0)).isTrue();
    NetworkOrder.put8(m, Ipv4.TTL_OFFSET, 0x3f);
    assertThat(Ipv4.isChecksumValid(m, 0)).isFalse();
  }

  @Test
  void sumIsThatOfTheNaiveLoopForEveryLengthAndAlignment() {
    byte[] bytes = new byte[4096];
    new Random(1).nextBytes(bytes);
    MemorySegment m = MemorySegment.ofArray(bytes);
    for (int from = 0; from < 9; from++) {
      for (int length = 0; length < 700; length++) {
        assertThat(InternetChecksum.fold(InternetChecksum.sum(m, from, length)))
            .as("from %d length %d", from, length)
            .isEqualTo(NaiveChecksum.sum(bytes, from, from + length));
      }
    }
  }

  @Test
  void longBlocksOfOnesDoNotOverflow() {
    byte[] ones = new byte[300_001];
    java.util.Arrays.fill(ones, (byte) 0xff);
    MemorySegment m = MemorySegment.ofArray(ones);
    for (int length : new int[] {65_535, 65_536, 65_537, 131_072, 131_079, 300_001}) {
      assertThat(InternetChecksum.fold(InternetChecksum.sum(m, 0, length)))
          .as("length %d", length)
          .isEqualTo(NaiveChecksum.sum(ones, 0, length));
    }
  }

  @Test
  void blocksAddUpAtOddAndEvenPlaces() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      MemorySegment m = MemorySegment.ofArray(bytes);
      long sum = 0;
      for (int at = 0; at < bytes.length; ) {
        int n = 1 + random.nextInt(bytes.length - at);
        sum = InternetChecksum.addBlock(sum, InternetChecksum.sum(m, at, n), at);
        at += n;
      }
      assertThat(InternetChecksum.fold(sum))
          .as("seed %d", seed)
          .isEqualTo(NaiveChecksum.sum(bytes, 0, bytes.length));
    }
  }

  @Test
  void rfc1624Example() {
    // Section 4: HC = dd2f, m = 5555, m' = 3285, and HC' must be 0000, not ffff.
    assertThat(InternetChecksum.replace16(0xdd2f, 0x5555, 0x3285)).isEqualTo(0);
  }

  @Test
  void incrementalUpdateIsThatOfAFullOne() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      MemorySegment m = MemorySegment.ofArray(bytes);
      int before = InternetChecksum.finish(InternetChecksum.sum(m, 0, 20));
      int from16 = NetworkOrder.u16(m, 6);
      int to16 = random.nextInt(1 << 16);
      NetworkOrder.put16(m, 6, to16);
      int between = InternetChecksum.replace16(before, from16, to16);
      assertThat(between).isEqualTo(InternetChecksum.finish(InternetChecksum.sum(m, 0, 20)));
      int from32 = NetworkOrder.i32(m, 12);
      int to32 = random.nextInt();
      NetworkOrder.put32(m, 12, to32);
      assertThat(InternetChecksum.replace32(between, from32, to32))
          .isEqualTo(InternetChecksum.finish(InternetChecksum.sum(m, 0, 20)));
    }
  }

  @Test
  void subtractTakesAPartAway() {
    byte[] bytes = new byte[200];
    new Random(4).nextBytes(bytes);
    MemorySegment m = MemorySegment.ofArray(bytes);
    long whole = InternetChecksum.sum(m, 0, 200);
    long rest = InternetChecksum.subtract(whole, InternetChecksum.sum(m, 0, 40));
    assertThat(InternetChecksum.fold(rest)).isEqualTo(NaiveChecksum.sum(bytes, 40, 200));
  }

  @Test
  void pseudoHeadersAreThoseOfTheRfcs() {
    byte[] bytes = new byte[40];
    new Random(5).nextBytes(bytes);
    MemorySegment m = MemorySegment.ofArray(bytes);
    int v4 = NaiveChecksum.add(NaiveChecksum.sum(bytes, 12, 20), NaiveChecksum.add(6, 1480));
    assertThat(InternetChecksum.fold(InternetChecksum.pseudoV4(m, 0, 6, 1480))).isEqualTo(v4);
    int v6 = NaiveChecksum.add(NaiveChecksum.sum(bytes, 8, 40), NaiveChecksum.add(17, 4464 + 1));
    assertThat(InternetChecksum.fold(InternetChecksum.pseudoV6(m, 0, 17, 70_000)))
        .as("a length of 70,000 is words 1 and 4464")
        .isEqualTo(v6);
  }

  private static MemorySegment segment(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }
}
