package io.dataplane.drivers.nativeio;

import java.lang.foreign.Arena;

/**
 * The interfaces of this process's network namespace, by name ({@code netdevice(7)}). A device that
 * was moved to another namespace is not found (ENODEV). Control plane, any thread.
 */
public final class Interfaces implements AutoCloseable {

  /** Administratively up. */
  public static final int IFF_UP = 0x1;

  /** Takes frames to any address. */
  public static final int IFF_PROMISC = 0x100;

  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final int SIOCGIFMTU = 0x8921;
  private static final int SIOCSIFMTU = 0x8922;
  private static final int SIOCSIFHWADDR = 0x8924;
  private static final int SIOCGIFHWADDR = 0x8927;
  private static final int SIOCGIFINDEX = 0x8933;
  private static final int SIOCGIFTXQLEN = 0x8942;
  private static final int SIOCSIFTXQLEN = 0x8943;

  private final Fd socket;

  private Interfaces(Fd socket) {
    this.socket = socket;
  }

  /**
   * Opens the way to them.
   *
   * @return to be closed
   * @throws NativeException where that fails
   */
  public static Interfaces open() throws NativeException {
    return new Interfaces(Fd.socket(AF_INET, SOCK_DGRAM, 0, "interface control"));
  }

  /**
   * The number of an interface.
   *
   * @param name its name
   * @return from 1
   * @throws NativeException ENODEV = there is none
   */
  public int index(String name) throws NativeException {
    return getInteger(name, SIOCGIFINDEX, "SIOCGIFINDEX");
  }

  /**
   * Whether there is an interface of this name.
   *
   * @param name its name
   * @return true where there is
   */
  public boolean exists(String name) {
    try {
      return index(name) > 0;
    } catch (NativeException e) {
      return false;
    }
  }

  /**
   * The MTU.
   *
   * @param name the interface
   * @return bytes behind the Ethernet header
   * @throws NativeException ENODEV = there is none
   */
  public int mtu(String name) throws NativeException {
    return getInteger(name, SIOCGIFMTU, "SIOCGIFMTU");
  }

  /**
   * Sets the MTU.
   *
   * @param name the interface
   * @param bytes behind the Ethernet header
   * @throws NativeException ENODEV = there is none; EINVAL = out of its range; EPERM
   */
  public void setMtu(String name, int bytes) throws NativeException {
    setInteger(name, SIOCSIFMTU, "SIOCSIFMTU", bytes);
  }

  /**
   * How many packets wait for the device at most; for a TAP device also the length of the queue
   * that its file reads from.
   *
   * @param name the interface
   * @return packets
   * @throws NativeException ENODEV = there is none
   */
  public int txQueueLength(String name) throws NativeException {
    return getInteger(name, SIOCGIFTXQLEN, "SIOCGIFTXQLEN");
  }

  /**
   * Sets how many packets wait for the device at most.
   *
   * @param name the interface
   * @param packets 0 or more
   * @throws NativeException ENODEV = there is none; EPERM
   */
  public void setTxQueueLength(String name, int packets) throws NativeException {
    setInteger(name, SIOCSIFTXQLEN, "SIOCSIFTXQLEN", packets);
  }

  /**
   * The MAC address.
   *
   * @param name the interface
   * @return low 48 bits
   * @throws NativeException ENODEV = there is none
   */
  public long hardwareAddress(String name) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      return call(Ifreq.of(arena, name), SIOCGIFHWADDR, "SIOCGIFHWADDR").hardwareAddress();
    }
  }

  /**
   * Sets the MAC address.
   *
   * @param name the interface
   * @param mac low 48 bits, unicast
   * @throws NativeException ENODEV = there is none; EADDRNOTAVAIL = not a unicast address; EPERM
   */
  public void setHardwareAddress(String name, long mac) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      call(Ifreq.of(arena, name).hardwareAddress(mac), SIOCSIFHWADDR, "SIOCSIFHWADDR");
    }
  }

  /**
   * The flags.
   *
   * @param name the interface
   * @return bits such as {@link #IFF_UP}
   * @throws NativeException ENODEV = there is none
   */
  public int flags(String name) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      return call(Ifreq.of(arena, name), SIOCGIFFLAGS, "SIOCGIFFLAGS").flags();
    }
  }

  /**
   * Sets or clears flags.
   *
   * @param name the interface
   * @param flags bits such as {@link #IFF_UP}
   * @param on whether to set them
   * @throws NativeException ENODEV = there is none; EPERM
   */
  public void setFlags(String name, int flags, boolean on) throws NativeException {
    int now = flags(name);
    int wanted = on ? now | flags : now & ~flags;
    if (wanted != now) {
      try (Arena arena = Arena.ofConfined()) {
        call(Ifreq.of(arena, name).flags(wanted), SIOCSIFFLAGS, "SIOCSIFFLAGS");
      }
    }
  }

  private int getInteger(String name, int request, String symbol) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      return call(Ifreq.of(arena, name), request, symbol).integer();
    }
  }

  private void setInteger(String name, int request, String symbol, int value)
      throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      call(Ifreq.of(arena, name).integer(value), request, symbol);
    }
  }

  private Ifreq call(Ifreq request, int number, String symbol) throws NativeException {
    Libc.ioctl(socket.number(), number, request.segment(), symbol, request.name());
    return request;
  }

  /** Closes the way; again is no error. */
  @Override
  public void close() {
    socket.close();
  }
}
