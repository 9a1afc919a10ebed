package io.dataplane.device;

/**
 * Who is told what happens to a device underneath. Called from the thread that noticed; must not
 * block.
 */
public interface DeviceListener {

  /**
   * The host's end is gone: the device neither receives nor sends until it is opened again.
   *
   * @param dev the device
   * @param why one clause for people
   */
  void deviceFailed(NetDevice dev, String why);

  /**
   * Something that {@code device} listings show has changed: name, carrier, MTU, address.
   *
   * @param dev the device
   * @param what one clause for people
   */
  void deviceChanged(NetDevice dev, String what);
}
