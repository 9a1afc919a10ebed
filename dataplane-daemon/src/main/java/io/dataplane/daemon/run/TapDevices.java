package io.dataplane.daemon.run;

import io.dataplane.base.MacAddress;
import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.daemon.config.TapSettings;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.drivers.EpollPoller;
import io.dataplane.drivers.tap.TapConfig;
import io.dataplane.drivers.tap.TapDevice;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.EventPoller;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The devices of a real daemon: interfaces of this machine. */
public final class TapDevices implements DeviceFactory {

  /** The kernel chooses the address of the host's end. */
  private static final long HOST_MAC_OF_KERNEL = 0;

  /** Makes the factory; nothing is asked of the machine yet. */
  public TapDevices() {}

  @Override
  public EventPoller newPoller() {
    return new EpollPoller();
  }

  @Override
  public NetDevice newDevice(DeviceConfig config, Dataplane dataplane) throws DeviceException {
    TapSettings tap = config.tap();
    return new TapDevice(
        new TapConfig(
            config.name(),
            config.mac().orElseGet(() -> macOf(config.name())),
            HOST_MAC_OF_KERNEL,
            config.mtu(),
            config.queues(),
            config.offloads(),
            config.gro(),
            tap.persistent(),
            Accounts.user(config.name(), tap.owner()),
            Accounts.group(config.name(), tap.group()),
            tap.io()));
  }

  /** An address that is the same at every start, as neighbours remember it. */
  private static long macOf(String name) {
    UUID hash = UUID.nameUUIDFromBytes(("dataplane " + name).getBytes(StandardCharsets.UTF_8));
    return MacAddress.locallyAdministered(hash.getLeastSignificantBits());
  }
}
