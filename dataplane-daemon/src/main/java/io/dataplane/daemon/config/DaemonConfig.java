package io.dataplane.daemon.config;

import io.dataplane.runtime.PollConfig;
import java.util.List;

/**
 * All settings of one daemon, defaults filled in. What one record cannot tell by itself has been
 * checked by {@link ConfigLoader}: every port of a bridge names a device, and no device is in two
 * bridges.
 *
 * @param workers worker threads
 * @param poll how the workers poll
 * @param memory the frame slab
 * @param metrics the HTTP endpoint
 * @param control the control socket
 * @param log what is logged and how
 * @param devices the devices in the order of the file; at least one
 * @param bridges the bridges in the order of the file
 */
public record DaemonConfig(
    int workers,
    PollConfig poll,
    MemoryConfig memory,
    MetricsConfig metrics,
    ControlConfig control,
    LogConfig log,
    List<DeviceConfig> devices,
    List<BridgeConfig> bridges) {

  /** Worker threads when the file does not say. */
  public static final int WORKERS_DEFAULT = 1;

  /** Copies the lists. */
  public DaemonConfig {
    devices = List.copyOf(devices);
    bridges = List.copyOf(bridges);
  }
}
