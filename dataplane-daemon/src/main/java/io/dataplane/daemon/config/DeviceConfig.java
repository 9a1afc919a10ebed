package io.dataplane.daemon.config;

import io.dataplane.drivers.tap.TapOffload;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One device.
 *
 * @param name the interface's name, as {@code ip link} shows it
 * @param driver what moves its frames
 * @param mtu the largest IP packet, in bytes
 * @param mac the address on our side, low 48 bits; empty for one made from the name, so that it
 *     stays the same
 * @param queues receive and transmit queue pairs
 * @param offloads what the peer may leave to us: unfilled checksums, segments not yet cut
 * @param gro whether received segments of one flow are merged before the stack sees them
 * @param tap what only a TAP has
 */
public record DeviceConfig(
    String name,
    Driver driver,
    int mtu,
    OptionalLong mac,
    int queues,
    Set<TapOffload> offloads,
    boolean gro,
    TapSettings tap) {

  /** The largest IP packet when the file does not say, in bytes. */
  public static final int MTU_DEFAULT = 1_500;

  /** Receive and transmit queue pairs when the file does not say. */
  public static final int QUEUES_DEFAULT = 1;

  /** Every offload is on unless the file says otherwise. */
  public static final Set<TapOffload> OFFLOADS_DEFAULT =
      Set.copyOf(EnumSet.allOf(TapOffload.class));

  /** Copies the set. */
  public DeviceConfig {
    offloads = Set.copyOf(offloads);
  }

  /** What moves a device's frames. */
  public enum Driver {
    /** A TAP interface of this machine. */
    TAP
  }
}
