package io.dataplane.drivers.nativeio;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** System calls by which tests play the host. */
public interface HostCalls extends Library {

  /** The C library. */
  HostCalls C = Native.load("c", HostCalls.class);

  /** Unix sockets that keep packets apart. */
  int SOCK_SEQPACKET = 5;

  /** Datagrams. */
  int SOCK_DGRAM = 2;

  int setns(int fd, int kind);

  int socketpair(int domain, int type, int protocol, Pointer fds);

  int setsockopt(int fd, int level, int option, Pointer value, int length);

  int connect(int fd, Pointer address, int length);

  int capset(Pointer header, Pointer data);

  int getrlimit(int resource, Pointer limits);

  int setrlimit(int resource, Pointer limits);

  NativeLong recvmsg(int fd, Pointer message, int flags);

  /** Moves the calling thread, which must be a platform thread, into a network namespace. */
  static void enterNetworkNamespace(String path) throws NativeException {
    try (Fd namespace = Fd.open(path, 0)) {
      Libc.check(C.setns(namespace.number(), 0x4000_0000), "setns", path);
    }
  }

  /** Sets an integer option of a socket. */
  static void setOption(Fd socket, int level, int option, int value) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment v = arena.allocateFrom(ValueLayout.JAVA_INT, value);
      int result = C.setsockopt(socket.number(), level, option, Libc.pointer(v), 4);
      Libc.check(result, "setsockopt", "option " + option);
    }
  }

  /** Two connected Unix sockets that do not block: a wire that takes packets of any length. */
  static Fd[] packetPair() throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(8, 8);
      int type = SOCK_SEQPACKET | Fd.O_NONBLOCK | Fd.O_CLOEXEC;
      Libc.check(C.socketpair(1, type, 0, Libc.pointer(fds)), "socketpair", "packets");
      return new Fd[] {
        Fd.of(fds.get(ValueLayout.JAVA_INT, 0)), Fd.of(fds.get(ValueLayout.JAVA_INT, 4))
      };
    }
  }

  /** Connects a socket. */
  static void connect(Fd socket, MemorySegment address, String subject) throws NativeException {
    int length = (int) address.byteSize();
    Libc.check(C.connect(socket.number(), Libc.pointer(address), length), "connect", subject);
  }

  /** Binds a socket. */
  static void bind(Fd socket, MemorySegment address, String subject) throws NativeException {
    int length = (int) address.byteSize();
    Libc.check(Libc.C.bind(socket.number(), Libc.pointer(address), length), "bind", subject);
  }

  /** Receives a message; 0 or more bytes, or a negated errno. */
  static int receive(int fd, MemorySegment message) {
    int n = C.recvmsg(fd, Libc.pointer(message), 0).intValue();
    return n >= 0 ? n : -Native.getLastError();
  }

  /** Takes all capabilities away from the calling thread, which must be a platform thread. */
  static void dropCapabilities() throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(8, 8);
      header.set(ValueLayout.JAVA_INT, 0, 0x2008_0522);
      MemorySegment none = arena.allocate(24, 8);
      Libc.check(C.capset(Libc.pointer(header), Libc.pointer(none)), "capset", "none");
    }
  }

  /**
   * Sets the lowest descriptor number that this process may not have.
   *
   * @param limit the number; at most what the process began with
   * @return what it was before
   */
  static long limitDescriptors(long limit) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocate(16, 8);
      Libc.check(C.getrlimit(7, Libc.pointer(limits)), "getrlimit", "descriptors");
      long before = limits.get(ValueLayout.JAVA_LONG, 0);
      limits.set(ValueLayout.JAVA_LONG, 0, limit);
      Libc.check(C.setrlimit(7, Libc.pointer(limits)), "setrlimit", "descriptors");
      return before;
    }
  }
}
