package io.dataplane.runtime;

import io.dataplane.device.NetDevice;
import io.dataplane.napi.Napi;
import java.util.List;

/**
 * A device of the stack with the pollers of its queues.
 *
 * @param dev the device
 * @param napis one a receive queue, in its order
 */
public record DeviceSlot(NetDevice dev, List<Napi> napis) {
  /** Copies the list. */
  public DeviceSlot {
    napis = List.copyOf(napis);
  }
}
