package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket with segmentation by the kernel ({@code UDP_SEGMENT}, udp(7)), which Java's sockets
 * lack. Made in the network namespace of the thread that makes it; used by one thread at a time.
 */
public final class UdpSocket implements AutoCloseable {

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SOL_UDP = 17;
  private static final int UDP_SEGMENT = 103;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(65_536, 8);
  private final HotCalls calls = new HotCalls();
  private final Fd socket;
  private final boolean v4;

  private UdpSocket(Fd socket, boolean v4) {
    this.socket = socket;
    this.v4 = v4;
  }

  /** Opens one at an address of this namespace. */
  public static UdpSocket open(InetAddress local, int port) throws NativeException {
    boolean v4 = local instanceof Inet4Address;
    int domain = v4 ? AF_INET : AF_INET6;
    Fd fd = Fd.socket(domain, HostCalls.SOCK_DGRAM | Fd.O_NONBLOCK, 0, local.getHostAddress());
    UdpSocket made = new UdpSocket(fd, v4);
    try {
      HostCalls.setOption(fd, SOL_SOCKET, SO_RCVBUF, 16 << 20);
      HostCalls.bind(fd, made.address(local, port), local.getHostAddress());
      return made;
    } catch (NativeException e) {
      made.close();
      throw e;
    }
  }

  /** Sets where datagrams go. */
  public void connect(InetAddress remote, int port) throws NativeException {
    HostCalls.connect(socket, address(remote, port), remote.getHostAddress());
  }

  private MemorySegment address(InetAddress host, int port) {
    MemorySegment to = arena.allocate(v4 ? 16 : 28, 8); // struct sockaddr_in, sockaddr_in6
    to.set(JAVA_SHORT, 0, (short) (v4 ? AF_INET : AF_INET6));
    to.set(JAVA_SHORT, 2, Short.reverseBytes((short) port));
    byte[] bytes = host.getAddress();
    MemorySegment.copy(bytes, 0, to, JAVA_BYTE, v4 ? 4 : 8, bytes.length);
    return to;
  }

  /** Has the kernel cut what is sent into datagrams of so many bytes; 0 = not at all. */
  public void segment(int bytes) throws NativeException {
    HostCalls.setOption(socket, SOL_UDP, UDP_SEGMENT, bytes);
  }

  /** Sends; the length, or a negated errno. */
  public int send(byte[] bytes) {
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
    return (int) calls.write(socket.number(), buffer.address(), bytes.length);
  }

  /** The next datagram; null = none. */
  public byte @Nullable [] receive() {
    int n = (int) calls.read(socket.number(), buffer.address(), buffer.byteSize());
    if (n < 0) {
      if (n == -Errno.EAGAIN) {
        return null;
      }
      throw new AssertionError("recv: " + Errno.name(-n));
    }
    return buffer.asSlice(0, n).toArray(JAVA_BYTE);
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
