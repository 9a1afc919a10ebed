package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * The UDP header (RFC 768).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          source port          |       destination port        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            length             |           checksum            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>A checksum of zero says that there is none; one that computes to zero is sent as 0xffff.
 */
public final class Udp {

  /** Bytes of the header. */
  public static final int HEADER_LENGTH = 8;

  /** Where source and destination port are. */
  public static final int PORTS_OFFSET = 0;

  /** Where the length is. */
  public static final int LENGTH_OFFSET = 4;

  /** Where the checksum is. */
  public static final int CHECKSUM_OFFSET = 6;

  /** What a checksum that computes to zero is sent as ({@code CSUM_MANGLED_0}). */
  public static final int CHECKSUM_MANGLED_ZERO = 0xffff;

  private Udp() {}

  /**
   * Both ports.
   *
   * @param memory the bytes
   * @param position of the header
   * @return {@code source << 16 | destination}
   */
  public static int ports(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + PORTS_OFFSET);
  }

  /**
   * The datagram's length.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes of header and payload, 0 .. 65,535
   */
  public static int length(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + LENGTH_OFFSET);
  }

  /**
   * Sets the datagram's length.
   *
   * @param memory the bytes
   * @param position of the header
   * @param length bytes of header and payload, 0 .. 65,535
   */
  public static void length(MemorySegment memory, long position, int length) {
    NetworkOrder.put16(memory, position + LENGTH_OFFSET, length);
  }

  /**
   * The checksum.
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 65,535; 0 = none
   */
  public static int checksum(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + CHECKSUM_OFFSET);
  }
}
