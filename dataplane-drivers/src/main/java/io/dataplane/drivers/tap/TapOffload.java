package io.dataplane.drivers.tap;

/** A form of packet that may cross between the host and us, in both directions. */
public enum TapOffload {
  /** Packets whose checksum is still to be completed. */
  CHECKSUM,
  /** Unsegmented TCP over IPv4. */
  TSO4,
  /** Unsegmented TCP over IPv6. */
  TSO6,
  /** Unsegmented UDP, both families; from Linux 6.2 on. */
  USO
}
