package io.dataplane.runtime;

import io.dataplane.device.DeviceException;
import io.dataplane.device.DeviceListener;
import io.dataplane.device.NetDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after devices whose host end goes away: takes their queues off the workers, and opens them
 * again when it comes back, first soon, then ever more rarely.
 */
final class DeviceSupervisor implements DeviceListener {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceSupervisor.class);
  private static final long RETRY_FIRST_NS = 100_000_000;
  private static final long RETRY_LAST_NS = 5_000_000_000L;

  private final Dataplane dataplane;
  private final ControlThread control;

  DeviceSupervisor(Dataplane dataplane, ControlThread control) {
    this.dataplane = dataplane;
    this.control = control;
  }

  @Override
  public void deviceFailed(NetDevice dev, String why) {
    control.submit(() -> takeDown(dev, why));
  }

  @Override
  public void deviceChanged(NetDevice dev, String what) {
    control.submit(() -> LOG.info("device {}: {}", dev.name(), what));
  }

  private void takeDown(NetDevice dev, String why) {
    if (!dev.isUp() || !dataplane.has(dev)) {
      return; // told twice, or removed meanwhile
    }
    LOG.warn("device {}: {}; trying to open it again", dev.name(), why);
    dataplane.close(dev);
    control.later(RETRY_FIRST_NS, () -> retry(dev, RETRY_FIRST_NS));
  }

  private void retry(NetDevice dev, long waitedNs) {
    if (dev.isUp() || !dataplane.has(dev)) {
      return;
    }
    try {
      dataplane.open(dev);
      LOG.info("device {}: open again", dev.name());
    } catch (DeviceException e) {
      long next = Math.min(waitedNs * 2, RETRY_LAST_NS);
      LOG.debug("device {}: not yet: {}", dev.name(), e.getMessage());
      control.later(next, () -> retry(dev, next));
    }
  }
}
