package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Raw frames of one interface of the host ({@code packet(7)}), byte for byte. Made in the network
 * namespace of the thread that makes it; used by one thread at a time.
 */
public final class PacketSocket implements AutoCloseable {

  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_AUXDATA = 8;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int VLAN_VALID = 0x10;
  private static final int FRAME_MAX = 70_000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(FRAME_MAX, 8);
  private final MemorySegment message = arena.allocate(56, 8);
  private final MemorySegment vector = arena.allocate(16, 8);
  private final MemorySegment control = arena.allocate(64, 8);
  private final HotCalls calls = new HotCalls();
  private final Fd socket;

  private PacketSocket(Fd socket) {
    this.socket = socket;
    vector.set(JAVA_LONG, 0, frame.address());
    vector.set(JAVA_LONG, 8, FRAME_MAX);
    message.set(JAVA_LONG, 16, vector.address());
    message.set(JAVA_LONG, 24, 1);
    message.set(JAVA_LONG, 32, control.address());
  }

  /** Opens one that sends to and, for frames that come in, hears an interface. */
  public static PacketSocket open(String device) throws NativeException {
    Fd socket = Fd.socket(AF_PACKET, SOCK_RAW | Fd.O_NONBLOCK, 0, device);
    try (Arena arena = Arena.ofConfined();
        Interfaces interfaces = Interfaces.open()) {
      HostCalls.setOption(socket, SOL_SOCKET, SO_RCVBUF, 16 << 20);
      HostCalls.setOption(socket, SOL_PACKET, PACKET_AUXDATA, 1);
      HostCalls.setOption(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
      MemorySegment address = arena.allocate(20, 8);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_SHORT, 2, Short.reverseBytes((short) 3)); // every protocol
      address.set(JAVA_INT, 4, interfaces.index(device));
      HostCalls.bind(socket, address, device);
      return new PacketSocket(socket);
    } catch (NativeException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a frame; its length, or a negated errno. */
  public int send(byte[] bytes) {
    MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 0, bytes.length);
    return (int) calls.write(socket.number(), frame.address(), bytes.length);
  }

  /** The next frame that came in, its VLAN tag back in its place; null = none, or no link. */
  public byte @Nullable [] receive() {
    control.fill((byte) 0);
    message.set(JAVA_LONG, 40, control.byteSize());
    int n = HostCalls.receive(socket.number(), message);
    if (n < 0) {
      if (n == -Errno.EAGAIN || n == -Errno.ENETDOWN) {
        return null;
      }
      throw new AssertionError("recvmsg: " + Errno.name(-n));
    }
    byte[] bytes = frame.asSlice(0, n).toArray(JAVA_BYTE);
    int status = control.get(JAVA_INT, 16); // behind struct cmsghdr
    return (status & VLAN_VALID) == 0 ? bytes : tagged(bytes);
  }

  private byte[] tagged(byte[] bytes) {
    byte[] out = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, out, 0, 12);
    System.arraycopy(bytes, 12, out, 16, bytes.length - 12);
    short tci = control.get(JAVA_SHORT, 32);
    short tpid = control.get(JAVA_SHORT, 34);
    out[12] = (byte) (tpid >> 8);
    out[13] = (byte) tpid;
    out[14] = (byte) (tci >> 8);
    out[15] = (byte) tci;
    return out;
  }

  /** All frames of an EtherType, or with a tag of this type, that have come in. */
  public List<byte[]> receiveAll(int etherType) {
    List<byte[]> frames = new ArrayList<>();
    byte[] f;
    while ((f = receive()) != null) {
      if ((((f[12] & 0xff) << 8) | (f[13] & 0xff)) == etherType) {
        frames.add(f);
      }
    }
    return frames;
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
