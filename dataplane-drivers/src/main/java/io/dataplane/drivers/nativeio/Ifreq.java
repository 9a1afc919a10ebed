package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** struct ifreq ({@code include/uapi/linux/if.h}): 16 bytes of name, then a union of 24 bytes. */
record Ifreq(MemorySegment segment) {

  /** Bytes of a name with its final zero ({@code IFNAMSIZ}). */
  static final int NAME_BYTES = 16;

  private static final int BYTES = 40;
  private static final int SOCKADDR_DATA = NAME_BYTES + 2;
  private static final short ARPHRD_ETHER = 1;

  static Ifreq of(Arena arena, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NAME_BYTES) {
      throw new IllegalArgumentException("interface name '" + name + "': at most 15 bytes");
    }
    MemorySegment segment = arena.allocate(BYTES, 8);
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
    return new Ifreq(segment);
  }

  String name() {
    return segment.asSlice(0, NAME_BYTES).getString(0);
  }

  int integer() {
    return segment.get(JAVA_INT, NAME_BYTES);
  }

  Ifreq integer(int value) {
    segment.set(JAVA_INT, NAME_BYTES, value);
    return this;
  }

  int flags() {
    return Short.toUnsignedInt(segment.get(JAVA_SHORT, NAME_BYTES));
  }

  Ifreq flags(int value) {
    segment.set(JAVA_SHORT, NAME_BYTES, (short) value);
    return this;
  }

  /** The Ethernet address of a struct sockaddr, as the low 48 bits. */
  long hardwareAddress() {
    long mac = 0;
    for (int i = 0; i < 6; i++) {
      mac = mac << 8 | Byte.toUnsignedLong(segment.get(JAVA_BYTE, SOCKADDR_DATA + i));
    }
    return mac;
  }

  Ifreq hardwareAddress(long mac) {
    segment.set(JAVA_SHORT, NAME_BYTES, ARPHRD_ETHER);
    for (int i = 0; i < 6; i++) {
      segment.set(JAVA_BYTE, SOCKADDR_DATA + i, (byte) (mac >>> (40 - 8 * i)));
    }
    return this;
  }
}
