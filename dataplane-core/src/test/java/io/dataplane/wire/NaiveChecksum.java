package io.dataplane.wire;

/** RFC 1071 section 4.1 word by word, as an oracle: no cleverness. */
public final class NaiveChecksum {

  private NaiveChecksum() {}

  /** The 16-bit one's complement sum of bytes, an odd last one padded with zero. */
  public static int sum(byte[] bytes, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i += 2) {
      int low = i + 1 < to ? bytes[i + 1] & 0xff : 0;
      sum += (bytes[i] & 0xff) << 8 | low;
      if (sum > 0xffff) {
        sum -= 0xffff;
      }
    }
    return sum;
  }

  /** One's complement addition. */
  public static int add(int a, int b) {
    int sum = a + b;
    return sum > 0xffff ? sum - 0xffff : sum;
  }

  /** The checksum: the complement of a sum. */
  public static int complement(int sum) {
    return ~sum & 0xffff;
  }
}
