package io.dataplane.daemon.demo;

import io.dataplane.daemon.config.BridgeConfig;
import io.dataplane.daemon.config.ControlConfig;
import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.daemon.config.ListenAddress;
import io.dataplane.daemon.config.LogConfig;
import io.dataplane.daemon.config.MemoryConfig;
import io.dataplane.daemon.config.MetricsConfig;
import io.dataplane.daemon.config.TapSettings;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What {@code config/dataplane.yaml} says, with a control socket and a metrics address of the
 * demonstration's own.
 */
final class DemoConfig {

  static final String PORT_A = "dp0";
  static final String PORT_B = "dp1";
  static final String BRIDGE = "br0";

  private DemoConfig() {}

  static DaemonConfig of(Path socket, ListenAddress metrics) {
    return new DaemonConfig(
        DaemonConfig.WORKERS_DEFAULT,
        PollConfig.defaults(PollMode.ADAPTIVE),
        MemoryConfig.DEFAULT,
        new MetricsConfig(metrics),
        new ControlConfig(socket),
        LogConfig.DEFAULT,
        List.of(device(PORT_A), device(PORT_B)),
        List.of(
            new BridgeConfig(
                BRIDGE,
                List.of(PORT_A, PORT_B),
                BridgeConfig.AGEING_DEFAULT,
                BridgeConfig.FDB_ENTRIES_MAX_DEFAULT,
                List.of())));
  }

  private static DeviceConfig device(String name) {
    return new DeviceConfig(
        name,
        DeviceConfig.Driver.TAP,
        DeviceConfig.MTU_DEFAULT,
        OptionalLong.empty(),
        DeviceConfig.QUEUES_DEFAULT,
        DeviceConfig.OFFLOADS_DEFAULT,
        true,
        TapSettings.DEFAULT);
  }
}
