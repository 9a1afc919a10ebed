package io.dataplane.daemon.view;

/**
 * An address that a bridge knows.
 *
 * @param bridge the bridge
 * @param mac the address
 * @param vlan VLAN id, 0 = untagged
 * @param port the device behind which it is
 * @param type {@code learned} or {@code static}
 * @param ageSeconds since a frame from it was seen; 0 where static
 */
public record FdbEntryView(
    String bridge, String mac, int vlan, String port, String type, double ageSeconds) {}
