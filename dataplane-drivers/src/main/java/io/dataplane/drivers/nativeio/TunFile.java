package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An open /dev/net/tun and the device that it is attached to ({@code drivers/net/tun.c}). Control
 * plane, any thread; packets are read and written through {@link #fd}.
 *
 * <p>What was found out by trying, on Linux 6.18: a device that was renamed or moved to another
 * network namespace goes on working. While it is down, reads say EAGAIN and writes EIO. When it was
 * deleted, epoll says EPOLLERR, and reads, writes and {@link #info} say EBADFD; the file may then
 * be attached anew. The kernel's short way for small packets (build_skb) is taken only where the
 * file is O_NONBLOCK and its send buffer was never limited, so there is no call for TUNSETSNDBUF
 * here.
 */
public final class TunFile implements AutoCloseable {

  /** A device of Ethernet frames. */
  public static final int IFF_TAP = 0x2;

  /** One of the device's several queues. */
  public static final int IFF_MULTI_QUEUE = 0x100;

  /** No packet information in front of each packet. */
  public static final int IFF_NO_PI = 0x1000;

  /** The device outlives its file; only reported, see {@link #setPersist}. */
  public static final int IFF_PERSIST = 0x800;

  /** A struct virtio_net_hdr in front of each packet. */
  public static final int IFF_VNET_HDR = 0x4000;

  /** Attach only where that makes the device. */
  public static final int IFF_TUN_EXCL = 0x8000;

  /** The reader takes packets without checksum. */
  public static final int TUN_F_CSUM = 0x01;

  /** The reader takes TCP over IPv4 unsegmented. */
  public static final int TUN_F_TSO4 = 0x02;

  /** The reader takes TCP over IPv6 unsegmented. */
  public static final int TUN_F_TSO6 = 0x04;

  /** The reader takes unsegmented TCP with ECN. */
  public static final int TUN_F_TSO_ECN = 0x08;

  /** The reader takes UDP over IPv4 unsegmented (Linux 6.2). */
  public static final int TUN_F_USO4 = 0x20;

  /** The reader takes UDP over IPv6 unsegmented (Linux 6.2). */
  public static final int TUN_F_USO6 = 0x40;

  private static final Path DEVICE = Path.of("/dev/net/tun");
  private static final int TUNSETPERSIST = 0x400454cb;
  private static final int TUNSETIFF = 0x400454ca;
  private static final int TUNSETOWNER = 0x400454cc;
  private static final int TUNSETGROUP = 0x400454ce;
  private static final int TUNGETFEATURES = 0x800454cf;
  private static final int TUNSETOFFLOAD = 0x400454d0;
  private static final int TUNGETIFF = 0x800454d2;
  private static final int TUNSETVNETHDRSZ = 0x400454d8;
  private static final int TUNSETQUEUE = 0x400454d9;
  private static final int TUNSETCARRIER = 0x400454e2;
  private static final int TUNGETDEVNETNS = 0x54e3;
  private static final int SIOCGIFHWADDR = 0x8927;
  private static final int SIOCSIFHWADDR = 0x8924;
  private static final int IFF_ATTACH_QUEUE = 0x200;
  private static final int IFF_DETACH_QUEUE = 0x400;

  private final Fd fd;
  private volatile String subject = DEVICE.toString();

  private TunFile(Fd fd) {
    this.fd = fd;
  }

  /**
   * A device, as {@link #info} reports it.
   *
   * @param name its name now
   * @param flags bits such as {@link #IFF_TAP}
   */
  public record TunInfo(String name, int flags) {}

  /**
   * Whether there is a /dev/net/tun that may be opened.
   *
   * @return true where there is
   */
  public static boolean isAvailable() {
    return Files.isReadable(DEVICE) && Files.isWritable(DEVICE);
  }

  /**
   * Opens /dev/net/tun, not blocking, attached to nothing.
   *
   * @return the file
   * @throws NativeException where that fails: ENOENT = no such driver, EACCES = no rights
   */
  public static TunFile open() throws NativeException {
    return new TunFile(Fd.open(DEVICE.toString(), Fd.O_RDWR | Fd.O_NONBLOCK));
  }

  /**
   * Attaches to a device and makes it where there is none (TUNSETIFF). Also for a file whose device
   * was deleted.
   *
   * @param name at most 15 bytes; may end in %d, or be empty, for a name that the kernel makes
   * @param flags bits such as {@link #IFF_TAP}
   * @return the device's name
   * @throws NativeException EPERM = CAP_NET_ADMIN is missing; EBUSY = in use by another file;
   *     EINVAL = there is such a device and it is none of this kind
   */
  public String attach(String name, int flags) throws NativeException {
    subject = name;
    try (Arena arena = Arena.ofConfined()) {
      Ifreq request = Ifreq.of(arena, name).flags(flags);
      Libc.ioctl(number(), TUNSETIFF, request.segment(), "TUNSETIFF", name);
      subject = request.name();
      return subject;
    }
  }

  /**
   * The device, wherever it was moved (TUNGETIFF).
   *
   * @return name and flags
   * @throws NativeException EBADFD = it was deleted
   */
  public TunInfo info() throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      Ifreq request = Ifreq.of(arena, "");
      Libc.ioctl(number(), TUNGETIFF, request.segment(), "TUNGETIFF", subject);
      return new TunInfo(request.name(), request.flags());
    }
  }

  /**
   * What this kernel's driver knows (TUNGETFEATURES).
   *
   * @return bits such as {@link #IFF_MULTI_QUEUE}
   * @throws NativeException where that fails
   */
  public int features() throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flags = arena.allocate(JAVA_INT);
      Libc.ioctl(number(), TUNGETFEATURES, flags, "TUNGETFEATURES", subject);
      return flags.get(JAVA_INT, 0);
    }
  }

  /**
   * Whether the device outlives its last file (TUNSETPERSIST).
   *
   * @param persist true to keep it
   * @throws NativeException where that fails
   */
  public void setPersist(boolean persist) throws NativeException {
    Libc.ioctl(number(), TUNSETPERSIST, persist ? 1 : 0, "TUNSETPERSIST", subject);
  }

  /**
   * Who may attach to the device without CAP_NET_ADMIN (TUNSETOWNER).
   *
   * @param uid user, -1 = nobody
   * @throws NativeException where that fails
   */
  public void setOwner(int uid) throws NativeException {
    Libc.ioctl(number(), TUNSETOWNER, uid, "TUNSETOWNER", subject);
  }

  /**
   * Which group may attach to the device without CAP_NET_ADMIN (TUNSETGROUP).
   *
   * @param gid group, -1 = none
   * @throws NativeException where that fails
   */
  public void setGroup(int gid) throws NativeException {
    Libc.ioctl(number(), TUNSETGROUP, gid, "TUNSETGROUP", subject);
  }

  /**
   * How many bytes stand in front of each packet (TUNSETVNETHDRSZ).
   *
   * @param bytes 10 = struct virtio_net_hdr, 12 = with num_buffers
   * @throws NativeException where that fails
   */
  public void setVnetHdrSize(int bytes) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocateFrom(JAVA_INT, bytes);
      Libc.ioctl(number(), TUNSETVNETHDRSZ, size, "TUNSETVNETHDRSZ", subject);
    }
  }

  /**
   * Which forms of packet the host may hand to this file (TUNSETOFFLOAD).
   *
   * @param offloads bits such as {@link #TUN_F_CSUM}
   * @throws NativeException EINVAL = one of them is unknown to this kernel
   */
  public void setOffload(int offloads) throws NativeException {
    Libc.ioctl(number(), TUNSETOFFLOAD, offloads, "TUNSETOFFLOAD", subject);
  }

  /**
   * Takes every form of packet that this kernel knows to hand over.
   *
   * @return the bits that were set; without USO before Linux 6.2
   * @throws NativeException where none can be set
   */
  public int setBestOffload() throws NativeException {
    int tcp = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6;
    int all = tcp | TUN_F_USO4 | TUN_F_USO6;
    try {
      setOffload(all);
      return all;
    } catch (NativeException e) {
      if (e.errno() != Errno.EINVAL) {
        throw e;
      }
      setOffload(tcp);
      return tcp;
    }
  }

  /**
   * Takes this queue out of service or back into it (TUNSETQUEUE). For a device with {@link
   * #IFF_MULTI_QUEUE}.
   *
   * @param attached true for into service
   * @throws NativeException EINVAL = it is so already
   */
  public void setQueue(boolean attached) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      Ifreq request = Ifreq.of(arena, "").flags(attached ? IFF_ATTACH_QUEUE : IFF_DETACH_QUEUE);
      Libc.ioctl(number(), TUNSETQUEUE, request.segment(), "TUNSETQUEUE", subject);
    }
  }

  /**
   * What the host sees as the link's state (TUNSETCARRIER).
   *
   * @param carrier true for up
   * @throws NativeException where that fails
   */
  public void setCarrier(boolean carrier) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(JAVA_INT, carrier ? 1 : 0);
      Libc.ioctl(number(), TUNSETCARRIER, value, "TUNSETCARRIER", subject);
    }
  }

  /**
   * The MAC address of the host's device, wherever it was moved.
   *
   * @return low 48 bits
   * @throws NativeException EBADFD = it was deleted
   */
  public long hardwareAddress() throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      Ifreq request = Ifreq.of(arena, "");
      Libc.ioctl(number(), SIOCGIFHWADDR, request.segment(), "SIOCGIFHWADDR", subject);
      return request.hardwareAddress();
    }
  }

  /**
   * Sets the MAC address of the host's device, wherever it was moved.
   *
   * @param mac low 48 bits, unicast
   * @throws NativeException EBADFD = it was deleted
   */
  public void setHardwareAddress(long mac) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      Ifreq request = Ifreq.of(arena, "").hardwareAddress(mac);
      Libc.ioctl(number(), SIOCSIFHWADDR, request.segment(), "SIOCSIFHWADDR", subject);
    }
  }

  /**
   * Whether the device is in this process's network namespace, so that it is found by its name
   * (TUNGETDEVNETNS).
   *
   * @return true where it is, and where the kernel does not say (before 5.2)
   * @throws NativeException EBADFD = it was deleted
   */
  public boolean isInOwnNamespace() throws NativeException {
    int namespace;
    try {
      namespace = Libc.ioctl(number(), TUNGETDEVNETNS, 0L, "TUNGETDEVNETNS", subject);
    } catch (NativeException e) {
      if (e.errno() == Errno.EBADFD) {
        throw e;
      }
      return true;
    }
    try (Fd open = Fd.of(namespace)) {
      Path theirs = Files.readSymbolicLink(Path.of("/proc/self/fd/" + open.number()));
      return theirs.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The descriptor to read from and write to.
   *
   * @return open until {@link #close}
   */
  public Fd fd() {
    return fd;
  }

  private int number() {
    return fd.number();
  }

  /** Closes it, which removes a device that is not persistent; again is no error. */
  @Override
  public void close() {
    fd.close();
  }
}
