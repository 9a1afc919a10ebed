package io.dataplane.daemon.run;

import io.dataplane.daemon.config.ConfigLoader;
import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.testing.Eventually;
import io.dataplane.device.NetDevice;
import io.dataplane.runtime.Dataplane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A daemon that bridges dp0 and dp1 over cables in memory, with its socket in a folder of the
 * test's.
 */
public final class RunningDaemon implements AutoCloseable {

  /** Stations behind dp0 and dp1. */
  public static final long STATION_0 = 0x0200_0000_000aL;

  /** See {@link #STATION_0}. */
  public static final long STATION_1 = 0x0200_0000_000bL;

  private final MemoryHosts hosts = new MemoryHosts();
  private final Path socket;
  private final Daemon daemon;

  public RunningDaemon(Path folder) throws Exception {
    this.socket = folder.resolve("control.sock");
    String yaml =
        """
        memory: { frames: 2048, blocks: 16 }
        metrics: { listen: 127.0.0.1:0 }
        control: { socket: %s }
        devices:
          dp0: { driver: tap, mac: 02:00:00:00:01:00 }
          dp1: { driver: tap, mac: 02:00:00:00:01:01 }
        bridges:
          br0: { ports: [dp0, dp1], fdbEntriesMax: 16, fdb: [{ mac: 02:00:00:00:00:cc, port: dp1 }] }
        """
            .formatted(socket);
    Path file = Files.writeString(folder.resolve("dataplane.yaml"), yaml);
    DaemonConfig config = new ConfigLoader(Map.of()).load(file).config();
    this.daemon = Daemon.start(config, new DaemonOptions("1.2.3", file.toString()), hosts);
    hosts.openAll(daemon.dataplane());
  }

  /**
   * Sends frames each way, and returns when they have arrived; the bridge has learned both stations
   * then.
   */
  public void exchange(int frames) throws InterruptedException {
    Dataplane dataplane = daemon.dataplane();
    long deliveredMin = hosts.delivered() + 2L * frames;
    for (int i = 0; i < frames; i++) {
      hosts.send(dataplane, "dp0", STATION_1, STATION_0, 100);
      hosts.send(dataplane, "dp1", STATION_0, STATION_1, 200);
    }
    Eventually.holds(() -> hosts.delivered() >= deliveredMin);
  }

  public Dataplane dataplane() {
    return daemon.dataplane();
  }

  public NetDevice device(String name) {
    return dataplane().find(name).orElseThrow();
  }

  public Path socket() {
    return socket;
  }

  public String metricsUrl() {
    return daemon.metricsUrl().orElseThrow();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
