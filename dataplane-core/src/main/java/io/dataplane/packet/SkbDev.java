package io.dataplane.packet;

/**
 * What a packet needs to know of the device it came in by or leaves by; the device layer above
 * implements it.
 */
public interface SkbDev {

  /**
   * The device's index, as {@code ip link} numbers them.
   *
   * @return from 1
   */
  int ifindex();

  /**
   * The device's name.
   *
   * @return at most 15 bytes
   */
  String name();
}
