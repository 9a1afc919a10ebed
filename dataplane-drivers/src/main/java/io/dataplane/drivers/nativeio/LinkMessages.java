package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads rtnetlink's messages about interfaces ({@code rtnetlink(7)}, {@code
 * include/uapi/linux/if_link.h}). A message that is cut off or lies about its length ends the
 * reading; nothing outside the buffer is touched.
 *
 * <pre>
 *  struct nlmsghdr, 16 bytes         struct ifinfomsg, 16 bytes       struct rtattr, 4 bytes
 *  | len 4 | type 2 | flags 2 |      | family 1 | pad 1 | type 2 |    | len 2 | type 2 | value
 *  | seq 4 | pid 4            |      | index 4 | flags 4 | change 4 |
 * </pre>
 */
final class LinkMessages {

  private static final int HEADER_BYTES = 16;
  private static final int IFINFO_BYTES = 16;
  private static final int ATTRIBUTE_BYTES = 4;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_NEW_NETNSID = 45;
  private static final int TYPE_MASK = 0x3fff;
  private static final int AF_UNSPEC = 0;

  private LinkMessages() {}

  /** Tells of each message about an interface in a datagram. */
  static void parse(MemorySegment buffer, int length, Consumer<LinkEvent> listener) {
    int at = 0;
    while (length - at >= HEADER_BYTES) {
      int bytes = buffer.get(JAVA_INT_UNALIGNED, at);
      if (bytes < HEADER_BYTES || bytes > length - at) {
        return;
      }
      int type = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + 4L));
      boolean link = type == RTM_NEWLINK || type == RTM_DELLINK;
      if (link && bytes >= HEADER_BYTES + IFINFO_BYTES && family(buffer, at) == AF_UNSPEC) {
        listener.accept(event(buffer.asSlice(at, bytes), type));
      }
      at += align(bytes);
    }
  }

  /** Bridges send messages of family AF_BRIDGE about their ports under the same type. */
  private static int family(MemorySegment buffer, int at) {
    return buffer.get(JAVA_BYTE, at + (long) HEADER_BYTES);
  }

  private static LinkEvent event(MemorySegment message, int type) {
    int index = message.get(JAVA_INT_UNALIGNED, HEADER_BYTES + 4);
    int flags = message.get(JAVA_INT_UNALIGNED, HEADER_BYTES + 8);
    String name = "";
    int mtu = -1;
    long mac = -1;
    LinkEvent.Kind kind = type == RTM_NEWLINK ? LinkEvent.Kind.CHANGED : LinkEvent.Kind.DELETED;
    int length = (int) message.byteSize();
    int at = HEADER_BYTES + IFINFO_BYTES;
    while (length - at >= ATTRIBUTE_BYTES) {
      int bytes = Short.toUnsignedInt(message.get(JAVA_SHORT_UNALIGNED, at));
      if (bytes < ATTRIBUTE_BYTES || bytes > length - at) {
        break;
      }
      MemorySegment value = message.asSlice(at + ATTRIBUTE_BYTES, bytes - ATTRIBUTE_BYTES);
      switch (message.get(JAVA_SHORT_UNALIGNED, at + 2L) & TYPE_MASK) {
        case IFLA_IFNAME -> name = string(value);
        case IFLA_MTU -> mtu = value.byteSize() >= 4 ? value.get(JAVA_INT_UNALIGNED, 0) : -1;
        case IFLA_ADDRESS -> mac = mac(value);
        case IFLA_NEW_NETNSID -> kind = type == RTM_DELLINK ? LinkEvent.Kind.MOVED : kind;
        default -> {}
      }
      at += align(bytes);
    }
    return new LinkEvent(kind, index, name, flags, mtu, mac);
  }

  private static String string(MemorySegment value) {
    byte[] bytes = value.toArray(JAVA_BYTE);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static long mac(MemorySegment value) {
    if (value.byteSize() != 6) {
      return -1;
    }
    long mac = 0;
    for (int i = 0; i < 6; i++) {
      mac = mac << 8 | Byte.toUnsignedLong(value.get(JAVA_BYTE, i));
    }
    return mac;
  }

  private static int align(int bytes) {
    return (bytes + 3) & ~3;
  }
}
