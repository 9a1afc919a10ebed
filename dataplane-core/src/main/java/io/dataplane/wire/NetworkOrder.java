package io.dataplane.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Unaligned fields in network byte order (RFC 1700), the alphabet of all flyweights. */
public final class NetworkOrder {

  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  /**
   * Reads 8 bits.
   *
   * @param memory the bytes
   * @param at position
   * @return 0 .. 255
   */
  public static int u8(MemorySegment memory, long at) {
    return memory.get(JAVA_BYTE, at) & 0xff;
  }

  /**
   * Reads 16 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @return 0 .. 65,535
   */
  public static int u16(MemorySegment memory, long at) {
    return memory.get(SHORT, at) & 0xffff;
  }

  /**
   * Reads 32 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @return all 32 bits, as a signed int
   */
  public static int i32(MemorySegment memory, long at) {
    return memory.get(INT, at);
  }

  /**
   * Reads 48 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @return the low 48 bits
   */
  public static long u48(MemorySegment memory, long at) {
    return (long) u16(memory, at) << 32 | (i32(memory, at + 2) & 0xffff_ffffL);
  }

  /**
   * Reads 64 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @return all 64 bits, as a signed long
   */
  public static long i64(MemorySegment memory, long at) {
    return memory.get(LONG, at);
  }

  /**
   * Writes 8 bits.
   *
   * @param memory the bytes
   * @param at position
   * @param value low 8 bits
   */
  public static void put8(MemorySegment memory, long at, int value) {
    memory.set(JAVA_BYTE, at, (byte) value);
  }

  /**
   * Writes 16 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @param value low 16 bits
   */
  public static void put16(MemorySegment memory, long at, int value) {
    memory.set(SHORT, at, (short) value);
  }

  /**
   * Writes 32 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @param value all 32 bits
   */
  public static void put32(MemorySegment memory, long at, int value) {
    memory.set(INT, at, value);
  }

  /**
   * Writes 48 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @param value low 48 bits
   */
  public static void put48(MemorySegment memory, long at, long value) {
    put16(memory, at, (int) (value >>> 32));
    put32(memory, at + 2, (int) value);
  }

  /**
   * Writes 64 bits.
   *
   * @param memory the bytes
   * @param at position of the first byte
   * @param value all 64 bits
   */
  public static void put64(MemorySegment memory, long at, long value) {
    memory.set(LONG, at, value);
  }
}
