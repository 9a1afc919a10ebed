package io.dataplane.link.bridge;

/**
 * A row of the forwarding database, for listings.
 *
 * @param mac the address
 * @param vlan VLAN id, 0 = untagged
 * @param port name of the port behind which it is
 * @param isStatic true where the operator set it; it neither ages nor moves
 * @param ageNs nanoseconds since a frame from it was last seen; 0 where static
 */
public record FdbEntry(long mac, int vlan, String port, boolean isStatic, long ageNs) {}
