package io.dataplane.drivers.nativeio;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Datagrams to a Unix domain socket, which the JDK does not have: service managers are told of
 * their services so ({@code sd_notify(3)}). Control plane, any thread.
 */
public final class UnixDatagram {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int PATH_OFFSET = 2;

  /** {@code sizeof(struct sockaddr_un)}. */
  private static final int ADDRESS_BYTES_MAX = 110;

  /** The one function that nobody else needs. */
  private interface Sending extends Library {
    Sending C = Native.load("c", Sending.class);

    NativeLong sendto(
        int fd, Pointer data, NativeLong length, int flags, Pointer address, int addressLength);
  }

  private UnixDatagram() {}

  /**
   * Sends one datagram.
   *
   * @param socket path of the socket; with {@code @} first, its name in the abstract namespace
   * @param message at most a few KiB
   * @throws NativeException where nobody listens there, or the name is too long
   */
  public static void send(String socket, String message) throws NativeException {
    byte[] name = socket.getBytes(StandardCharsets.UTF_8);
    if (PATH_OFFSET + name.length > ADDRESS_BYTES_MAX) {
      throw new NativeException(Errno.EINVAL, "sendto", socket);
    }
    if (name.length > 0 && name[0] == '@') {
      name[0] = 0;
    }
    Fd fd = Fd.socket(AF_UNIX, SOCK_DGRAM, 0, socket);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(PATH_OFFSET + name.length, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      NativeLong sent =
          Sending.C.sendto(
              fd.number(),
              Libc.pointer(data),
              new NativeLong(bytes.length),
              0,
              Libc.pointer(address),
              (int) address.byteSize());
      Libc.check(sent.intValue(), "sendto", socket);
    } finally {
      fd.close();
    }
  }
}
