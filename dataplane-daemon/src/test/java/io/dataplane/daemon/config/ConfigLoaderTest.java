package io.dataplane.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.daemon.config.BridgeConfig.StaticFdbEntry;
import io.dataplane.daemon.config.DeviceConfig.Driver;
import io.dataplane.drivers.tap.TapIo;
import io.dataplane.drivers.tap.TapOffload;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  private static final Map<String, String> NO_ENVIRONMENT = Map.of();

  @TempDir Path folder;

  private DaemonConfig load(String yaml) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("dataplane.yaml"), yaml);
    return new ConfigLoader(NO_ENVIRONMENT).load(file).config();
  }

  @Test
  void whatIsNotSaidIsDefault() throws Exception {
    DaemonConfig config = load("devices: { dp0: { driver: tap } }");

    assertThat(config.workers()).isEqualTo(1);
    assertThat(config.poll()).isEqualTo(PollConfig.defaults(PollMode.ADAPTIVE));
    assertThat(config.memory()).isEqualTo(MemoryConfig.DEFAULT);
    assertThat(config.metrics()).isEqualTo(MetricsConfig.DEFAULT);
    assertThat(config.log()).isEqualTo(LogConfig.DEFAULT);
    assertThat(config.bridges()).isEmpty();
    assertThat(config.devices())
        .containsExactly(
            new DeviceConfig(
                "dp0",
                Driver.TAP,
                1_500,
                OptionalLong.empty(),
                1,
                Set.of(TapOffload.values()),
                true,
                TapSettings.DEFAULT));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    DaemonConfig config =
        load(
            """
            workers: 2
            poll: { mode: busy, weight: 32, budget: 1_000, timeLimit: 500us, spin: 0 }
            memory: { frames: 65536, blocks: 64 }
            metrics: { listen: "[::1]:0" }
            control: { socket: /tmp/dp.sock }
            log: { level: debug, format: json }
            devices:
              tap1:
                driver: tap
                mtu: 9000
                mac: 02-AA-00-00-00-0b
                queues: 2
                offloads: [checksum, tso4]
                gro: no
                persistent: yes
                owner: 1000
                group: netdev
                io: syscall
              tap0: { driver: tap, offloads: off }
            bridges:
              br0:
                ports: [tap1, tap0]
                ageing: 5m
                fdbEntriesMax: 1024
                fdb: [{ mac: 02:00:00:00:00:01, port: tap0 }]
            """);

    assertThat(config)
        .isEqualTo(
            new DaemonConfig(
                2,
                new PollConfig(PollMode.BUSY, 32, 1_000, 500_000, 0),
                new MemoryConfig(65_536, 64),
                new MetricsConfig(new ListenAddress("::1", 0)),
                new ControlConfig(Path.of("/tmp/dp.sock")),
                new LogConfig(LogConfig.Level.DEBUG, LogConfig.Format.JSON),
                List.of(
                    new DeviceConfig(
                        "tap1",
                        Driver.TAP,
                        9_000,
                        OptionalLong.of(0x02aa0000000bL),
                        2,
                        Set.of(TapOffload.CHECKSUM, TapOffload.TSO4),
                        false,
                        new TapSettings(true, "1000", "netdev", TapIo.SYSCALL)),
                    new DeviceConfig(
                        "tap0",
                        Driver.TAP,
                        1_500,
                        OptionalLong.empty(),
                        1,
                        Set.of(),
                        true,
                        TapSettings.DEFAULT)),
                List.of(
                    new BridgeConfig(
                        "br0",
                        List.of("tap1", "tap0"),
                        Duration.ofMinutes(5),
                        1_024,
                        List.of(new StaticFdbEntry(0x020000000001L, "tap0"))))));
  }

  @Test
  void theShippedFileShowsTheDefaults() throws Exception {
    LoadedConfig shipped =
        new ConfigLoader(NO_ENVIRONMENT).load(Path.of("../config/dataplane.yaml"));
    DaemonConfig minimal =
        load(
            """
            devices: { dp0: { driver: tap, mtu: 1500 }, dp1: { driver: tap } }
            bridges: { br0: { ports: [dp0, dp1] } }
            """);

    assertThat(shipped.warnings()).isEmpty();
    assertThat(shipped.config()).isEqualTo(minimal);
  }

  @Test
  void metricsAreSwitchedOffInEitherWay() throws Exception {
    for (String metrics : List.of("off", "{ listen: off }", "no", "false")) {
      DaemonConfig config = load("devices: { dp0: { driver: tap } }\nmetrics: " + metrics);
      assertThat(config.metrics()).as(metrics).isEqualTo(MetricsConfig.OFF);
    }
  }

  @Test
  void aMappingMayBeSharedByAnAnchor() throws Exception {
    DaemonConfig config = load("devices: { dp0: &same { driver: tap, mtu: 9000 }, dp1: *same }");

    assertThat(config.devices()).extracting(DeviceConfig::mtu).containsOnly(9_000);
  }

  @Test
  void theSocketIsWhereTheEnvironmentSays() {
    assertThat(SocketPaths.byDefault(Map.of("DATAPLANE_SOCKET", "/tmp/a.sock")))
        .isEqualTo(Path.of("/tmp/a.sock"));
    assertThat(SocketPaths.candidates(Map.of("DATAPLANE_SOCKET", "/tmp/a.sock")))
        .containsExactly(Path.of("/tmp/a.sock"));
    assertThat(SocketPaths.candidates(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
        .contains(Path.of("/run/dataplane/control.sock"));
  }
}
