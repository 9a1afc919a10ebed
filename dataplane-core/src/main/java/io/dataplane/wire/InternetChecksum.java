package io.dataplane.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The Internet checksum (RFC 1071; incremental update: RFC 1624; pseudo headers: RFC 793 and RFC
 * 8200 section 8.1).
 *
 * <p>A <em>sum</em> is a long that stands for a one's complement sum of big-endian 16-bit words,
 * not yet folded. Every method here returns sums below 2^17, so some 2^46 of them, and any header
 * field as a plain number, can be added with {@code +}. A block that begins at an odd place of the
 * whole is added by {@link #addBlock}.
 *
 * <p>Bytes are added in the machine's order and the result is turned round once (RFC 1071 section
 * 2): long blocks by 32-bit lanes that C2 makes vectors of, short ones eight bytes at a time.
 */
public final class InternetChecksum {

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** From here on vectors pay. */
  private static final int LONG_BLOCK = 256;

  /** 32-bit lanes of two 16-bit halves cannot overflow within this many bytes. */
  private static final int LANES_MAX = 1 << 16;

  private InternetChecksum() {}

  /**
   * Sums a block.
   *
   * @param memory the bytes
   * @param position of the first
   * @param length bytes, 0 or more; an odd last byte counts as the high half of a word
   * @return the sum, 0 .. 65,535; 0 only where every byte is zero
   */
  public static long sum(MemorySegment memory, long position, int length) {
    long sum = 0;
    long at = position;
    int left = length;
    while (left >= LONG_BLOCK) {
      int n = Math.min(left, LANES_MAX) & -4;
      sum += sumLanes(memory, at, n >>> 2);
      at += n;
      left -= n;
    }
    return toNetworkOrder(sum + sumShort(memory, at, left));
  }

  private static long sumLanes(MemorySegment memory, long position, int ints) {
    int sum = 0;
    for (int i = 0; i < ints; i++) {
      int v = memory.get(JAVA_INT_UNALIGNED, position + 4L * i);
      sum += (v & 0xffff) + (v >>> 16);
    }
    return sum & 0xffff_ffffL;
  }

  private static long sumShort(MemorySegment memory, long position, int length) {
    long all = 0; // modulo 2^64
    long high = 0;
    int i = 0;
    for (; i <= length - 8; i += 8) {
      long v = memory.get(JAVA_LONG_UNALIGNED, position + i);
      all += v;
      high += v >>> 32;
    }
    long sum = all - (high << 32) + high;
    if ((length & 4) != 0) {
      sum += memory.get(JAVA_INT_UNALIGNED, position + i) & 0xffff_ffffL;
      i += 4;
    }
    if ((length & 2) != 0) {
      sum += memory.get(JAVA_SHORT_UNALIGNED, position + i) & 0xffffL;
      i += 2;
    }
    if ((length & 1) != 0) {
      int last = memory.get(JAVA_BYTE, position + i) & 0xff;
      sum += LITTLE ? last : last << 8;
    }
    return sum;
  }

  private static long toNetworkOrder(long sum) {
    int folded = fold(sum);
    return LITTLE ? swap(folded) : folded;
  }

  private static int swap(int folded) {
    return (folded >>> 8 | folded << 8) & 0xffff;
  }

  /**
   * Folds a sum to 16 bits ({@code ~csum_fold}).
   *
   * @param sum any sum, not negative
   * @return 0 .. 65,535; 0 only where {@code sum} is 0
   */
  public static int fold(long sum) {
    long s = (sum & 0xffff_ffffL) + (sum >>> 32);
    s = (s & 0xffff) + (s >>> 16);
    s = (s & 0xffff) + (s >>> 16);
    return (int) ((s & 0xffff) + (s >>> 16));
  }

  /**
   * The checksum that goes on the wire ({@code csum_fold}).
   *
   * @param sum over everything, the checksum field itself taken as zero
   * @return 0 .. 65,535; over data that includes a right checksum: 0
   */
  public static int finish(long sum) {
    return ~fold(sum) & 0xffff;
  }

  /**
   * Adds the sum of a block that begins {@code offset} bytes into the whole ({@code
   * csum_block_add}).
   *
   * @param sum of what stands before
   * @param block sum of the block alone
   * @param offset where the block begins; only odd or even matters
   * @return the sum of both
   */
  public static long addBlock(long sum, long block, int offset) {
    return sum + ((offset & 1) == 0 ? block : swap(fold(block)));
  }

  /**
   * Takes a sum away ({@code csum_sub}).
   *
   * @param sum of the whole
   * @param part what is to go
   * @return sum of the rest
   */
  public static long subtract(long sum, long part) {
    return sum + (~fold(part) & 0xffff);
  }

  /**
   * The pseudo header of IPv4 (RFC 793 section 3.1).
   *
   * @param memory the bytes
   * @param ipPosition of the IPv4 header
   * @param protocol IANA number
   * @param length bytes of transport header and payload
   * @return the sum
   */
  public static long pseudoV4(MemorySegment memory, long ipPosition, int protocol, int length) {
    long addresses = memory.get(JAVA_LONG_UNALIGNED, ipPosition + Ipv4.SOURCE_OFFSET);
    return toNetworkOrder((addresses & 0xffff_ffffL) + (addresses >>> 32)) + protocol + length;
  }

  /**
   * The pseudo header of IPv6 (RFC 8200 section 8.1), with the destination that the fixed header
   * has.
   *
   * @param memory the bytes
   * @param ipPosition of the IPv6 header
   * @param protocol IANA number of the transport
   * @param length bytes of transport header and payload
   * @return the sum
   */
  public static long pseudoV6(MemorySegment memory, long ipPosition, int protocol, int length) {
    long addresses = sumShort(memory, ipPosition + Ipv6.SOURCE_OFFSET, 2 * Ipv6.ADDRESS_LENGTH);
    return toNetworkOrder(addresses) + protocol + length;
  }

  /**
   * The checksum after a 16-bit word changed (RFC 1624 equation 3, {@code csum_replace2}).
   *
   * @param checksum as on the wire
   * @param from the word before
   * @param to the word now
   * @return as on the wire
   */
  public static int replace16(int checksum, int from, int to) {
    return finish((~checksum & 0xffffL) + (~from & 0xffff) + (to & 0xffff));
  }

  /**
   * The checksum after a 32-bit word changed ({@code csum_replace4}).
   *
   * @param checksum as on the wire
   * @param from the word before
   * @param to the word now
   * @return as on the wire
   */
  public static int replace32(int checksum, int from, int to) {
    return finish((~checksum & 0xffffL) + (~from & 0xffff_ffffL) + (to & 0xffff_ffffL));
  }
}
