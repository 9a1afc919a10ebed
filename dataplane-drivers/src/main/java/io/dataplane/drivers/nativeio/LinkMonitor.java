package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Listens to what the kernel tells about interfaces (rtnetlink, group RTNLGRP_LINK): new, changed,
 * renamed, moved, deleted. It hears of the network namespace that it was opened in. One thread at a
 * time.
 */
public final class LinkMonitor implements AutoCloseable {

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int NETLINK_ROUTE = 0;
  private static final int RTMGRP_LINK = 1;
  private static final int SOCKADDR_NL_BYTES = 12;
  private static final int BUFFER_BYTES = 64 * 1024; // netlink sends at most 32 KiB at a time
  private static final String SUBJECT = "rtnetlink";

  private final Fd socket;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES, 8);

  private LinkMonitor(Fd socket) {
    this.socket = socket;
  }

  /**
   * Starts to listen.
   *
   * @return to be closed
   * @throws NativeException where that fails
   */
  public static LinkMonitor open() throws NativeException {
    Fd socket = Fd.socket(AF_NETLINK, SOCK_RAW | Fd.O_NONBLOCK, NETLINK_ROUTE, SUBJECT);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(SOCKADDR_NL_BYTES, 4);
      address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
      address.set(JAVA_INT, 8, RTMGRP_LINK);
      int result = Libc.C.bind(socket.number(), Libc.pointer(address), SOCKADDR_NL_BYTES);
      Libc.check(result, "bind", SUBJECT);
      return new LinkMonitor(socket);
    } catch (NativeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Tells of everything that has happened since the last call, and does not wait.
   *
   * @param listener is told, on this thread
   * @throws NativeException where the socket is of no more use
   */
  public void poll(Consumer<LinkEvent> listener) throws NativeException {
    while (true) {
      int n =
          Libc.C.recv(socket.number(), Libc.pointer(buffer), new NativeLong(BUFFER_BYTES), 0)
              .intValue();
      if (n >= 0) {
        LinkMessages.parse(buffer, n, listener);
        continue;
      }
      int errno = Native.getLastError();
      if (errno == Errno.EAGAIN) {
        return;
      }
      if (errno == Errno.ENOBUFS) {
        listener.accept(LinkEvent.LOST_MESSAGES);
      } else if (errno != Errno.EINTR) {
        throw new NativeException(errno, "recv", SUBJECT);
      }
    }
  }

  /**
   * The descriptor that becomes readable when something has happened.
   *
   * @return open until {@link #close}
   */
  public Fd fd() {
    return socket;
  }

  /** Listens no longer; again is no error. */
  @Override
  public void close() {
    socket.close();
  }
}
