package io.dataplane.daemon.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The daemon as a whole.
 *
 * @param version the program's version
 * @param pid the daemon's process
 * @param uptimeSeconds since when it runs
 * @param state {@code starting}, {@code forwarding}, {@code degraded} or {@code stopping}
 * @param problems why it is degraded, a clause each
 * @param config the configuration file
 * @param controlSocket where this answer comes from
 * @param metricsUrl where the metrics are; null when they are off
 * @param pollMode what idle workers do
 * @param workers the workers, briefly
 * @param devices the devices, in full
 * @param bridges the bridges, without their addresses
 */
public record StatusView(
    String version,
    long pid,
    double uptimeSeconds,
    String state,
    List<String> problems,
    String config,
    String controlSocket,
    @Nullable String metricsUrl,
    String pollMode,
    List<WorkerView> workers,
    List<DeviceView> devices,
    List<BridgeView> bridges) {}
