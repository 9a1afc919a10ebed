package io.dataplane.daemon.run;

import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.EventPoller;

/** Makes what a stack needs of the outside: devices, and pollers that see their descriptors. */
public interface DeviceFactory {

  /**
   * Makes a worker's poller.
   *
   * @return one that can watch the descriptors of this factory's devices
   */
  EventPoller newPoller();

  /**
   * Makes a device, down and of no stack yet.
   *
   * @param config what it is to be
   * @param dataplane the stack it will be added to
   * @return the device
   * @throws DeviceException if there can be no such device; the message names it and says what to
   *     do
   */
  NetDevice newDevice(DeviceConfig config, Dataplane dataplane) throws DeviceException;
}
