package io.dataplane.drivers.tap;

import io.dataplane.device.NetDevice;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a TAP device is made.
 *
 * @param name the host's interface
 * @param mac address of our end; the host's interface gets one of its own
 * @param hostMac address of the host's interface, 0 = as the kernel chooses
 * @param mtu bytes
 * @param queues receive queues, 1 .. {@link #QUEUES_MAX}
 * @param offloads forms of packet that may cross; the segmentation ones need CHECKSUM
 * @param gro whether segments of a flow are merged as they come in
 * @param persistent whether the interface stays when we go
 * @param owner uid that may attach to it, -1 = nobody but root
 * @param group gid that may attach to it, -1 = none
 * @param io how frames cross
 */
public record TapConfig(
    String name,
    long mac,
    long hostMac,
    int mtu,
    int queues,
    Set<TapOffload> offloads,
    boolean gro,
    boolean persistent,
    int owner,
    int group,
    TapIo io) {

  /** Queues a device may have ({@code MAX_TAP_QUEUES} is 256; more than workers are of no use). */
  public static final int QUEUES_MAX = 64;

  /** Checks the ranges. */
  public TapConfig {
    if (queues < 1 || queues > QUEUES_MAX) {
      throw new IllegalArgumentException(name + ": " + queues + " queues (1.." + QUEUES_MAX + ")");
    }
    if (mtu < NetDevice.MTU_MIN || mtu > NetDevice.MTU_MAX) {
      throw new IllegalArgumentException(name + ": MTU " + mtu);
    }
    offloads = offloads.isEmpty() ? EnumSet.noneOf(TapOffload.class) : EnumSet.copyOf(offloads);
    if (!offloads.isEmpty() && !offloads.contains(TapOffload.CHECKSUM)) {
      throw new IllegalArgumentException(name + ": segmentation offloads need checksum");
    }
  }

  /**
   * A device with one queue, all offloads, MTU 1500, gone when we go.
   *
   * @param name the host's interface
   * @param mac address of our end
   * @return the configuration
   */
  public static TapConfig of(String name, long mac) {
    return new TapConfig(
        name, mac, 0, 1500, 1, EnumSet.allOf(TapOffload.class), true, false, -1, -1, TapIo.AUTO);
  }

  /**
   * The same with other offloads.
   *
   * @param set forms of packet that may cross
   * @return a copy
   */
  public TapConfig withOffloads(Set<TapOffload> set) {
    return new TapConfig(name, mac, hostMac, mtu, queues, set, gro, persistent, owner, group, io);
  }

  /**
   * The same with or without GRO.
   *
   * @param on whether segments are merged
   * @return a copy
   */
  public TapConfig withGro(boolean on) {
    return new TapConfig(
        name, mac, hostMac, mtu, queues, offloads, on, persistent, owner, group, io);
  }

  /**
   * The same with another way of I/O.
   *
   * @param way how frames cross
   * @return a copy
   */
  public TapConfig withIo(TapIo way) {
    return new TapConfig(
        name, mac, hostMac, mtu, queues, offloads, gro, persistent, owner, group, way);
  }

  /**
   * The same with another number of queues.
   *
   * @param n receive queues
   * @return a copy
   */
  public TapConfig withQueues(int n) {
    return new TapConfig(name, mac, hostMac, mtu, n, offloads, gro, persistent, owner, group, io);
  }

  /**
   * The same with another MTU.
   *
   * @param bytes the MTU
   * @return a copy
   */
  public TapConfig withMtu(int bytes) {
    return new TapConfig(
        name, mac, hostMac, bytes, queues, offloads, gro, persistent, owner, group, io);
  }

  /**
   * The same, kept or not when we go.
   *
   * @param stays whether the interface stays
   * @return a copy
   */
  public TapConfig withPersistent(boolean stays) {
    return new TapConfig(name, mac, hostMac, mtu, queues, offloads, gro, stays, owner, group, io);
  }
}
