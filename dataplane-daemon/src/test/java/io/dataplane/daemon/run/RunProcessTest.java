package io.dataplane.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dataplane.daemon.control.ControlClient;
import io.dataplane.daemon.control.RequestException;
import io.dataplane.daemon.testing.Eventually;
import io.dataplane.daemon.testing.Program;
import io.dataplane.daemon.testing.Tools;
import io.dataplane.daemon.testing.UdpFlood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dataplane run} as a process, over TAP interfaces in a network namespace of its own. */
class RunProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path run;
  private Path config;

  @BeforeEach
  void configure() throws IOException, InterruptedException {
    Program.requireNamespaces();
    run = folder.resolve("run");
    config =
        Files.writeString(
            folder.resolve("dataplane.yaml"),
            """
            metrics: { listen: 127.0.0.1:0 }
            control: { socket: %s/control.sock }
            devices: { dp0: { driver: tap }, dp1: { driver: tap, queues: 2 } }
            bridges: { br0: { ports: [dp0, dp1] } }
            """
                .formatted(run));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalEndsItWithStatusZeroAndNothingLeft(String signal) throws Exception {
    try (Program daemon = Program.inNamespace("run", config.toString())) {
      daemon.awaitReady();
      assertThat(list(run)).containsExactly(run.resolve("control.sock"));

      daemon.signal(signal);
      assertThat(daemon.awaitExit()).isZero();
      assertThat(daemon.out()).containsExactly("ready");
      assertThat(daemon.err())
          .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
      assertThat(list(folder)).containsExactly(config);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adaptive", "busy"})
  void aSignalUnderLoadEndsItToo(String mode) throws Exception {
    Tools.require("nsenter");
    Files.writeString(config, Files.readString(config) + "poll: { mode: " + mode + " }\n");
    try (Program daemon = Program.inNamespace("run", config.toString())) {
      daemon.awaitReady();
      daemon.inside("ip", "addr", "add", "10.9.0.1/24", "dev", "dp0");
      daemon.inside("ip", "neigh", "add", "10.9.0.2", "lladdr", "02:00:00:00:09:02", "dev", "dp0");
      Process flood = daemon.enter(Program.java(UdpFlood.class, "10.9.0.2"));
      try (ControlClient client = ControlClient.connect(run.resolve("control.sock"), PATIENCE)) {
        awaitFrames(client, 100_000);

        daemon.signal("TERM");
        assertThat(daemon.awaitExit()).isZero();
      } finally {
        flood.destroyForcibly();
      }
      assertThat(daemon.err()).noneMatch(line -> line.contains(" ERROR "));
      assertThat(list(folder)).containsExactly(config);
    }
  }

  private static void awaitFrames(ControlClient client, long frames) throws InterruptedException {
    Eventually.holds(() -> {
      try {
        JsonNode dp1 = client.request("devices", Map.of("name", "dp1")).get(0);
        return dp1.at("/txQueues/0/frames").asLong() > frames;
      } catch (IOException | RequestException e) {
        throw new AssertionError(e);
      }
    });
  }

  @Test
  void itForwardsOnEveryDeviceWhenItSaysReady() throws Exception {
    try (Program daemon = Program.inNamespace("run", config.toString())) {
      daemon.awaitReady();
      try (ControlClient client = ControlClient.connect(run.resolve("control.sock"), PATIENCE)) {
        assertThat(client.request("status").path("state").asText()).isEqualTo("forwarding");
        assertThat(client.request("devices", Map.of("name", "dp1")).at("/0/rxQueues")).hasSize(2);
      }
    }
  }

  @Test
  void aRenamedInterfaceIsNotAMissingOne() throws Exception {
    try (Program daemon = Program.inNamespace("run", config.toString())) {
      daemon.awaitReady();
      daemon.inside("ip", "link", "set", "dp0", "down");
      daemon.inside("ip", "link", "set", "dp0", "name", "renamed0");
      daemon.inside("ip", "link", "set", "renamed0", "up");
      Eventually.holds(
          () -> daemon.err().stream().anyMatch(line -> line.contains("renamed from dp0")));
      try (ControlClient client = ControlClient.connect(run.resolve("control.sock"), PATIENCE)) {
        assertThat(client.request("status").path("problems").toString())
            .doesNotContain("gone")
            .doesNotContain("dp0");
      }
    }
  }

  @Test
  void aKilledDaemonIsReplaced() throws Exception {
    try (Program killed = Program.inNamespace("run", config.toString())) {
      killed.awaitReady();
      killed.signal("KILL");
      int _ = killed.awaitExit();
    }
    assertThat(run.resolve("control.sock")).exists();
    try (Program next = Program.inNamespace("run", config.toString())) {
      next.awaitReady();
      next.signal("TERM");
      assertThat(next.awaitExit()).isZero();
    }
    assertThat(run.resolve("control.sock")).doesNotExist();
  }

  @Test
  void aSecondOneIsRefusedAndNamesTheFirst() throws Exception {
    try (Program first = Program.inNamespace("run", config.toString())) {
      first.awaitReady();
      try (Program second = Program.inNamespace("run", config.toString())) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
            .anyMatch(line ->
                line.contains("another dataplane is running (process " + first.pid() + ")"));
      }
    }
  }

  @Test
  void aNameThatIsTakenIsSaid() throws Exception {
    Path other =
        Files.writeString(folder.resolve("lo.yaml"), Files.readString(config).replace("dp0", "lo"));
    try (Program daemon = Program.inNamespace("run", other.toString())) {
      assertThat(daemon.awaitExit()).isEqualTo(1);
      assertThat(daemon.err())
          .anyMatch(
              line -> line.contains("dataplane run: device lo: an interface of that name exists"));
    }
  }

  @Test
  void anInvalidFileShowsEveryProblem() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "wrokers: 1\nworkers: 0\n");
    try (Program daemon = Program.inNamespace("run", bad.toString())) {
      assertThat(daemon.awaitExit()).isEqualTo(2);
      assertThat(daemon.out()).isEmpty();
      assertThat(daemon.err())
          .containsSubsequence(
              bad
                  + ":1:1: error: devices: no device is configured; add one, such as `dp0: {"
                  + " driver: tap }`",
              bad + ":1:1: error: unknown key `wrokers`; did you mean `workers`?",
              bad + ":2:10: error: workers: 0 is out of range; use 1 to 64");
    }
  }
}
