package io.dataplane.wire;

import java.lang.foreign.MemorySegment;

/**
 * The TCP header (RFC 9293 section 3.1; ECE and CWR: RFC 3168).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          source port          |       destination port        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        sequence number                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    acknowledgment number                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | offset| rsrvd |C|E|U|A|P|R|S|F|            window             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           checksum            |        urgent pointer         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    options, 0 .. 40 bytes                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Tcp {

  /** Bytes of the header without options. */
  public static final int HEADER_LENGTH_MIN = 20;

  /** Where source and destination port are. */
  public static final int PORTS_OFFSET = 0;

  /** Where the sequence number is. */
  public static final int SEQUENCE_OFFSET = 4;

  /** Where the acknowledgment number is. */
  public static final int ACKNOWLEDGMENT_OFFSET = 8;

  /** Where the word of data offset, flags and window is ({@code tcp_flag_word}). */
  public static final int FLAG_WORD_OFFSET = 12;

  /** Where the flags are. */
  public static final int FLAGS_OFFSET = 13;

  /** Where the checksum is. */
  public static final int CHECKSUM_OFFSET = 16;

  /** Where the urgent pointer is. */
  public static final int URGENT_OFFSET = 18;

  /** Where the options begin. */
  public static final int OPTIONS_OFFSET = 20;

  /** Flag: no more data from sender. */
  public static final int FIN = 0x01;

  /** Flag: synchronize sequence numbers. */
  public static final int SYN = 0x02;

  /** Flag: reset the connection. */
  public static final int RST = 0x04;

  /** Flag: push function. */
  public static final int PSH = 0x08;

  /** Flag: acknowledgment field is significant. */
  public static final int ACK = 0x10;

  /** Flag: urgent pointer is significant. */
  public static final int URG = 0x20;

  /** Flag: ECN echo. */
  public static final int ECE = 0x40;

  /** Flag: congestion window reduced. */
  public static final int CWR = 0x80;

  private Tcp() {}

  /**
   * Whether a header with all its options lies in the given bytes; the other accessors are safe
   * then.
   *
   * @param memory the bytes
   * @param position of the header
   * @param available bytes there are from {@code position}
   * @return true where the data offset is at least 5 words and at most {@code available} bytes
   */
  public static boolean check(MemorySegment memory, long position, int available) {
    if (available < HEADER_LENGTH_MIN) {
      return false;
    }
    int length = headerLength(memory, position);
    return length >= HEADER_LENGTH_MIN && length <= available;
  }

  /**
   * The header's length, from the data offset.
   *
   * @param memory the bytes
   * @param position of the header
   * @return bytes, options included, 0 .. 60
   */
  public static int headerLength(MemorySegment memory, long position) {
    return (NetworkOrder.u8(memory, position + FLAG_WORD_OFFSET) >>> 4) * 4;
  }

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
   * The sequence number.
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits
   */
  public static int sequence(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + SEQUENCE_OFFSET);
  }

  /**
   * Sets the sequence number.
   *
   * @param memory the bytes
   * @param position of the header
   * @param sequence all 32 bits
   */
  public static void sequence(MemorySegment memory, long position, int sequence) {
    NetworkOrder.put32(memory, position + SEQUENCE_OFFSET, sequence);
  }

  /**
   * The acknowledgment number.
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits
   */
  public static int acknowledgment(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + ACKNOWLEDGMENT_OFFSET);
  }

  /**
   * Data offset, reserved bits, flags and window in one ({@code tcp_flag_word}).
   *
   * @param memory the bytes
   * @param position of the header
   * @return all 32 bits; the flags are bits 16 .. 23
   */
  public static int flagWord(MemorySegment memory, long position) {
    return NetworkOrder.i32(memory, position + FLAG_WORD_OFFSET);
  }

  /**
   * The eight flags.
   *
   * @param memory the bytes
   * @param position of the header
   * @return flag constants of this class
   */
  public static int flags(MemorySegment memory, long position) {
    return NetworkOrder.u8(memory, position + FLAGS_OFFSET);
  }

  /**
   * Sets the eight flags.
   *
   * @param memory the bytes
   * @param position of the header
   * @param flags flag constants of this class
   */
  public static void flags(MemorySegment memory, long position, int flags) {
    NetworkOrder.put8(memory, position + FLAGS_OFFSET, flags);
  }

  /**
   * The urgent pointer.
   *
   * @param memory the bytes
   * @param position of the header
   * @return 0 .. 65,535
   */
  public static int urgent(MemorySegment memory, long position) {
    return NetworkOrder.u16(memory, position + URGENT_OFFSET);
  }
}
