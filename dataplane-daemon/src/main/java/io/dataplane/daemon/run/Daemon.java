package io.dataplane.daemon.run;

import io.dataplane.base.Clock;
import io.dataplane.daemon.config.BridgeConfig;
import io.dataplane.daemon.config.BridgeConfig.StaticFdbEntry;
import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.daemon.config.ListenAddress;
import io.dataplane.daemon.control.ControlLimits;
import io.dataplane.daemon.control.ControlServer;
import io.dataplane.daemon.control.ControlStats;
import io.dataplane.daemon.metrics.Metrics;
import io.dataplane.daemon.metrics.MetricsServer;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.link.bridge.BridgePort;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running daemon. Started and closed by one thread; everything that it made in the system is gone
 * when {@link #close} returns.
 */
public final class Daemon implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private final DaemonConfig config;
  private final Dataplane dataplane;
  private final Closeables parts = new Closeables();
  private final StackHealth health;
  private final ControlStats controlStats = new ControlStats();
  private @Nullable MetricsServer metricsServer;

  private Daemon(DaemonConfig config, DeviceFactory devices) {
    this.config = config;
    this.dataplane = parts.add("stack", new Dataplane(stackConfig(config, devices)));
    this.health = new StackHealth(dataplane);
  }

  /**
   * Brings everything up. On return every device forwards.
   *
   * @param config what to run
   * @param options what to tell about itself
   * @param devices makes the devices
   * @return the daemon
   * @throws DeviceException if a device cannot be made or opened; nothing is left behind
   * @throws IOException if the control socket or the metrics endpoint cannot be had; nothing is
   *     left behind
   */
  public static Daemon start(DaemonConfig config, DaemonOptions options, DeviceFactory devices)
      throws DeviceException, IOException {
    Daemon daemon = new Daemon(config, devices);
    try {
      // First what tells that another daemon is running: it has the devices too, and the better
      // message.
      daemon.startControl(options);
      daemon.startMetrics(options);
      daemon.addDevices(devices);
      daemon.addBridges();
      daemon.openDevices();
      daemon.dataplane.start();
      daemon.health.forwarding();
      return daemon;
    } catch (DeviceException | IOException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private static DataplaneConfig stackConfig(DaemonConfig config, DeviceFactory devices) {
    return DataplaneConfig.defaults()
        .withWorkers(config.workers())
        .withMemory(config.memory().frames(), config.memory().blocks())
        .withPoll(config.poll())
        .withPollers(devices::newPoller);
  }

  private void startControl(DaemonOptions options) throws IOException {
    StackViews views = new StackViews(dataplane, Clock.system());
    ControlRequests requests =
        new ControlRequests(config, options, views, health, this::metricsUrl);
    ControlServer server =
        ControlServer.start(
            config.control().socket(), ControlLimits.DEFAULT, controlStats, requests.handlers());
    parts.add("control socket", server);
    log.atInfo().addKeyValue("socket", server.path()).log("answering on the control socket");
  }

  private void startMetrics(DaemonOptions options) throws IOException {
    ListenAddress listen = config.metrics().listen();
    if (listen == null) {
      return;
    }
    Metrics metrics =
        parts.add("metrics", new Metrics(dataplane, controlStats, health, options.version()));
    MetricsServer server = MetricsServer.start(listen.toSocketAddress(), metrics, health);
    parts.add("metrics endpoint", server);
    metricsServer = server;
    log.atInfo().addKeyValue("url", metricsUrl().orElse("")).log("serving metrics");
  }

  private void addDevices(DeviceFactory devices) throws DeviceException {
    for (DeviceConfig device : config.devices()) {
      health.expect(dataplane.add(devices.newDevice(device, dataplane)).dev());
    }
  }

  private void addBridges() throws DeviceException {
    for (BridgeConfig settings : config.bridges()) {
      Bridge bridge =
          dataplane.addBridge(
              settings.name(), settings.fdbEntriesMax(), settings.ageing().toMillis());
      for (String port : settings.ports()) {
        bridge.addPort(device(port));
      }
      for (StaticFdbEntry entry : settings.fdb()) {
        addStatic(bridge, entry);
      }
    }
  }

  private static void addStatic(Bridge bridge, StaticFdbEntry entry) throws DeviceException {
    for (BridgePort port : bridge.portList()) {
      if (port.dev().name().equals(entry.port()) && !bridge.addStatic(entry.mac(), 0, port)) {
        throw new DeviceException(
            "bridge "
                + bridge.name()
                + " has no room for its static addresses; raise `fdbEntriesMax`");
      }
    }
  }

  private void openDevices() throws DeviceException {
    for (DeviceConfig settings : config.devices()) {
      NetDevice dev = device(settings.name());
      dataplane.open(dev);
      log.atInfo()
          .addKeyValue("device", dev.name())
          .addKeyValue("driver", dev.driver())
          .addKeyValue("mtu", dev.mtu())
          .addKeyValue("detail", dev.detail())
          .log("device is up");
    }
  }

  private NetDevice device(String name) {
    return dataplane.find(name).orElseThrow(() -> new IllegalStateException("no device " + name));
  }

  /** Where the metrics are; empty when they are off. */
  public Optional<String> metricsUrl() {
    MetricsServer server = metricsServer;
    if (server == null) {
      return Optional.empty();
    }
    InetSocketAddress address = server.address();
    String host = Objects.requireNonNull(config.metrics().listen(), "the server listens").host();
    return Optional.of("http://" + new ListenAddress(host, address.getPort()) + "/metrics");
  }

  /** The stack. */
  public Dataplane dataplane() {
    return dataplane;
  }

  /**
   * Takes everything down, in the opposite order. What fails is logged and does not keep the rest
   * up.
   */
  @Override
  public void close() {
    health.stopping();
    log.info("closing");
    parts.close();
  }
}
