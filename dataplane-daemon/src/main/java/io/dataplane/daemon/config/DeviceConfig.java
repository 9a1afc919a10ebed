package io.dataplane.daemon.config;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One device.
 *
 * @param name the interface's name, as {@code ip link} shows it
 * @param driver what moves its frames
 * @param mtu the largest IP packet in bytes; empty for 1,500, or for what an existing interface has
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
    OptionalInt mtu,
    OptionalLong mac,
    int queues,
    Set<Offload> offloads,
    boolean gro,
    TapConfig tap) {

  /** Receive and transmit queue pairs when the file does not say. */
  public static final int QUEUES_DEFAULT = 1;

  /** Every offload is on unless the file says otherwise. */
  public static final Set<Offload> OFFLOADS_DEFAULT = Set.copyOf(EnumSet.allOf(Offload.class));

  /** Copies the set. */
  public DeviceConfig {
    offloads = Set.copyOf(offloads);
  }

  /** What moves a device's frames. */
  public enum Driver {
    /** A TAP interface of this machine. */
    TAP
  }

  /** Work that a frame may still need when it comes in, so that it is done once or never. */
  public enum Offload {
    /** Checksums left to the receiver. */
    CHECKSUM,
    /** TCP over IPv4 of up to 64 KiB a frame. */
    TSO4,
    /** TCP over IPv6 of up to 64 KiB a frame. */
    TSO6,
    /** UDP of up to 64 KiB a frame, cut into equal datagrams. */
    USO
  }
}
