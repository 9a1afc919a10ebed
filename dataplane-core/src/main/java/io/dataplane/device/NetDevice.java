package io.dataplane.device;

import io.dataplane.base.MacAddress;
import io.dataplane.hook.XdpHook;
import io.dataplane.hook.XdpTarget;
import io.dataplane.packet.SkbDev;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network device ({@code struct net_device}): identity, settings, queues. A driver extends it.
 *
 * <p>Life: made, {@link #bind bound} to the workers, then {@link #open opened} and {@link #stop
 * stopped} any number of times, all by the control plane; while it is open each queue belongs to
 * its worker. What is read on the packet path is volatile or final.
 */
public abstract class NetDevice implements SkbDev, XdpTarget {

  /** Smallest MTU, in bytes ({@code ETH_MIN_MTU}). */
  public static final int MTU_MIN = 68;

  /** Largest MTU, in bytes: with the Ethernet header it is what a TAP device takes. */
  public static final int MTU_MAX = 65_521;

  private volatile String name;
  private int ifindex;
  private volatile long mac;
  private volatile int mtu;
  private volatile long features;
  private volatile boolean up;
  private volatile boolean carrier = true;
  private volatile XdpHook hook = XdpHook.PASS;
  private volatile @Nullable RxHandler rxHandler;
  private @Nullable DeviceListener listener;

  /**
   * Makes a device that is down.
   *
   * @param name 1 .. 15 bytes, no slash, colon or white space
   * @param mac unicast address
   * @param mtu {@link #MTU_MIN} .. {@link #MTU_MAX}
   */
  protected NetDevice(String name, long mac, int mtu) {
    if (!isValidName(name)) {
      throw new IllegalArgumentException(
          "device name '" + name + "': 1 to 15 bytes without / : or white space");
    }
    this.name = name;
    this.mac = requireUnicast(mac);
    this.mtu = requireMtu(mtu);
  }

  /**
   * Whether a string may name a device ({@code dev_valid_name}).
   *
   * @param name any string
   * @return true where it may
   */
  public static boolean isValidName(String name) {
    return !name.isEmpty()
        && name.length() <= 15
        && !".".equals(name)
        && !"..".equals(name)
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
  }

  // ---------------------------------------------------------------- for drivers

  /**
   * Builds the queues: at least one receive queue in all and one transmit queue for each worker.
   * Called once.
   *
   * @param workers one context a worker, by its number
   * @param firstWorker the worker that should poll receive queue 0; further queues go to the next
   *     ones in turn
   */
  protected abstract void onBind(List<WorkerContext> workers, int firstWorker);

  /**
   * Opens the host's side ({@code ndo_open}). Control plane; no queue is in use yet.
   *
   * @throws DeviceException where that fails; nothing is left open then
   */
  protected abstract void onOpen() throws DeviceException;

  /**
   * Frames are refused from now on, though queues are in use yet; for a device that stands in front
   * of another.
   */
  protected void onDown() {}

  /** Closes the host's side ({@code ndo_stop}). Control plane; no queue is in use any more. */
  protected abstract void onStop();

  /**
   * Sets the address on the host's side ({@code ndo_set_mac_address}).
   *
   * @param mac unicast address
   * @throws DeviceException where the host refuses
   */
  protected void onSetMac(long mac) throws DeviceException {}

  /**
   * Sets the MTU on the host's side ({@code ndo_change_mtu}).
   *
   * @param mtu bytes
   * @throws DeviceException where the host refuses
   */
  protected void onSetMtu(int mtu) throws DeviceException {}

  /**
   * Takes over what changed at the host's side. The control plane calls it about once a second
   * while the device is up.
   */
  protected void onRefresh() {}

  /**
   * The receive queues.
   *
   * @return the same list each time; queue {@code i} has index {@code i}
   */
  public abstract List<RxQueue> rxQueues();

  /**
   * A worker's transmit queue.
   *
   * @param cpu the worker's number
   * @return its queue
   */
  public abstract TxQueue txQueue(int cpu);

  /**
   * How many transmit queues there are.
   *
   * @return one a worker; 0 before the device is bound
   */
  public abstract int txQueueCount();

  /**
   * The driver's name for listings.
   *
   * @return such as {@code tap}
   */
  public abstract String driver();

  /**
   * What the driver would like listings to add, such as its way of I/O.
   *
   * @return a few words, or empty
   */
  public String detail() {
    return "";
  }

  /**
   * Sets which forms of packet this device takes; the driver does, when it knows.
   *
   * @param features bits of {@code NetFeatures}
   */
  protected final void features(long features) {
    this.features = features;
  }

  /**
   * Sets whether the link is there.
   *
   * @param carrier true where it is
   */
  protected final void carrier(boolean carrier) {
    this.carrier = carrier;
  }

  /**
   * The driver saw the host rename the device.
   *
   * @param newName the name now
   */
  protected final void renamed(String newName) {
    String old = name;
    if (!old.equals(newName)) {
      name = newName;
      changed("renamed from " + old);
    }
  }

  /**
   * The driver saw the host's end vanish. Any thread.
   *
   * @param why one clause for people
   */
  protected final void failed(String why) {
    DeviceListener l = listener;
    if (l != null) {
      l.deviceFailed(this, why);
    }
  }

  /**
   * The driver saw something change. Any thread.
   *
   * @param what one clause for people
   */
  protected final void changed(String what) {
    DeviceListener l = listener;
    if (l != null) {
      l.deviceChanged(this, what);
    }
  }

  // ---------------------------------------------------------------- control plane

  /**
   * Gives the device its index and its queues; once, before it is opened.
   *
   * @param ifindex from 1
   * @param workers one context a worker, by its number
   * @param firstWorker the worker that should poll receive queue 0
   * @param listener who is told of changes
   */
  public final void bind(
      int ifindex, List<WorkerContext> workers, int firstWorker, DeviceListener listener) {
    if (this.ifindex != 0) {
      throw new IllegalStateException("device " + name + " is bound already");
    }
    this.ifindex = ifindex;
    this.listener = listener;
    for (WorkerContext worker : workers) {
      worker.cpu().drops().ensureDevice(ifindex);
    }
    onBind(workers, firstWorker);
  }

  /**
   * Opens the device.
   *
   * @throws DeviceException where the host refuses
   */
  public final void open() throws DeviceException {
    if (!up) {
      onOpen();
      up = true;
    }
  }

  /**
   * Refuses frames from now on; the first step of stopping, after which workers empty their queues.
   */
  public final void markDown() {
    up = false;
    onDown();
  }

  /** Closes the host's side; the device may be opened again. No queue is in use any more. */
  public final void stop() {
    markDown();
    onStop();
  }

  /** Takes over what changed at the host's side. */
  public final void refresh() {
    if (up) {
      onRefresh();
    }
  }

  /**
   * Sets the address.
   *
   * @param newMac a unicast address
   * @throws DeviceException where the host refuses; the address is as before then
   */
  public final void setMac(long newMac) throws DeviceException {
    onSetMac(requireUnicast(newMac));
    mac = newMac;
  }

  /**
   * Sets the MTU.
   *
   * @param newMtu {@link #MTU_MIN} .. {@link #MTU_MAX} bytes
   * @throws DeviceException where the host refuses; the MTU is as before then
   */
  public final void setMtu(int newMtu) throws DeviceException {
    onSetMtu(requireMtu(newMtu));
    mtu = newMtu;
  }

  /**
   * Takes the MTU over from the host, without setting it there.
   *
   * @param newMtu bytes
   */
  protected final void observeMtu(int newMtu) {
    mtu = newMtu;
  }

  /**
   * Takes the address over from the host, without setting it there.
   *
   * @param newMac the address
   */
  protected final void observeMac(long newMac) {
    mac = newMac;
  }

  /**
   * Exchanges the program; the next poll sees it.
   *
   * @param newHook the program, or {@link XdpHook#PASS}
   */
  public final void setHook(XdpHook newHook) {
    hook = newHook;
  }

  /**
   * Sets who takes the frames before the protocols do.
   *
   * @param handler the handler, or null for none
   * @throws IllegalStateException where there is one already
   */
  public final void setRxHandler(@Nullable RxHandler handler) {
    if (handler != null && rxHandler != null) {
      throw new IllegalStateException("device " + name + " is a port of something already");
    }
    rxHandler = handler;
  }

  // ---------------------------------------------------------------- any thread

  @Override
  public final boolean xdpXmit(int frame, int cpu) {
    return up && txQueue(cpu).xmitFrame(frame);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int ifindex() {
    return ifindex;
  }

  /**
   * The address.
   *
   * @return low 48 bits
   */
  public final long mac() {
    return mac;
  }

  /**
   * The MTU.
   *
   * @return bytes behind the Ethernet header
   */
  public final int mtu() {
    return mtu;
  }

  /**
   * The forms of packet this device takes.
   *
   * @return bits of {@code NetFeatures}
   */
  public final long features() {
    return features;
  }

  /**
   * Whether it was opened ({@code IFF_UP}).
   *
   * @return true between open and stop
   */
  public final boolean isUp() {
    return up;
  }

  /**
   * Whether the link is there ({@code IFF_LOWER_UP}).
   *
   * @return true where it is
   */
  public final boolean hasCarrier() {
    return carrier;
  }

  /**
   * The program on its receive path.
   *
   * @return the program, {@link XdpHook#PASS} where there is none
   */
  public final XdpHook hook() {
    return hook;
  }

  /**
   * Who takes the frames before the protocols do.
   *
   * @return the handler, or null
   */
  public final @Nullable RxHandler rxHandler() {
    return rxHandler;
  }

  private static long requireUnicast(long mac) {
    if (!MacAddress.isValidUnicast(mac)) {
      throw new IllegalArgumentException(MacAddress.format(mac) + " is not a unicast MAC address");
    }
    return mac;
  }

  private static int requireMtu(int mtu) {
    if (mtu < MTU_MIN || mtu > MTU_MAX) {
      throw new IllegalArgumentException("MTU " + mtu + " (" + MTU_MIN + ".." + MTU_MAX + ")");
    }
    return mtu;
  }

  @Override
  public final String toString() {
    return name;
  }
}
