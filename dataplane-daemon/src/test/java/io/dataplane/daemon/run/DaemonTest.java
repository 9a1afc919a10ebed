package io.dataplane.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dataplane.daemon.control.ControlClient;
import io.dataplane.daemon.control.ControlException;
import io.dataplane.daemon.control.RequestException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void closingLeavesNothingBehind() throws Exception {
    Path run = folder.resolve("run");
    try (RunningDaemon daemon = new RunningDaemon(java.nio.file.Files.createDirectory(run))) {
      assertThat(daemon.socket()).exists();
      assertThat(threads()).anyMatch(name -> name.startsWith("dataplane-worker"));
      daemon.exchange(10);
    }
    assertThat(run.resolve("control.sock")).doesNotExist();
    assertThat(threads())
        .noneMatch(name -> name.startsWith("dataplane-") || name.startsWith("HTTP-"));
  }

  @Test
  void statusTellsOfEverything() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder);
        ControlClient client = ControlClient.connect(daemon.socket(), PATIENCE)) {
      daemon.exchange(5);
      JsonNode status = client.request("status");

      assertThat(status.path("state").asText()).isEqualTo("forwarding");
      assertThat(status.path("version").asText()).isEqualTo("1.2.3");
      assertThat(status.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
      assertThat(status.at("/metricsUrl").asText()).isEqualTo(daemon.metricsUrl());
      assertThat(status.at("/devices"))
          .extracting(d -> d.path("name").asText())
          .contains("dp0", "dp1");
      assertThat(status.at("/bridges/0/fdbEntries").asInt()).isEqualTo(3);
      assertThat(status.at("/workers/0/memory/0/capacity").asInt()).isEqualTo(2048);
    }
  }

  @Test
  void countersAreThoseOfTheTraffic() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder);
        ControlClient client = ControlClient.connect(daemon.socket(), PATIENCE)) {
      daemon.exchange(5);
      // A task that comes after the last frame's comes after its round, too.
      JsonNode dp0 = client.request("devices", Map.of("name", "dp0")).path(0);

      assertThat(dp0.at("/rxQueues/0/frames").asLong()).isEqualTo(5);
      assertThat(dp0.at("/rxQueues/0/bytes").asLong()).isEqualTo(500);
      assertThat(dp0.path("bridge").asText()).isEqualTo("br0");
      assertThat(dp0.path("state").asText()).isEqualTo("up");
    }
  }

  @Test
  void theFdbShowsLearnedAndStaticAddresses() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder);
        ControlClient client = ControlClient.connect(daemon.socket(), PATIENCE)) {
      daemon.exchange(1);
      JsonNode fdb = client.request("bridge.fdb", Map.of("name", "br0"));

      assertThat(fdb)
          .extracting(e ->
              e.path("mac").asText()
                  + " "
                  + e.path("port").asText()
                  + " "
                  + e.path("type").asText())
          .containsExactly(
              "02:00:00:00:00:0a dp0 learned",
              "02:00:00:00:00:0b dp1 learned",
              "02:00:00:00:00:cc dp1 static");
    }
  }

  @Test
  void whatDoesNotExistIsNamedWithWhatDoes() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder);
        ControlClient client = ControlClient.connect(daemon.socket(), PATIENCE)) {
      assertThatThrownBy(() -> client.request("bridges", Map.of("name", "br9")))
          .isInstanceOf(RequestException.class)
          .hasMessage("no bridge is called `br9`; there is br0");
    }
  }

  @Test
  void aDeviceThatGoesDownDegradesTheDaemon() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder);
        ControlClient client = ControlClient.connect(daemon.socket(), PATIENCE)) {
      daemon.dataplane().close(daemon.device("dp1"));
      JsonNode status = client.request("status");
      assertThat(status.path("state").asText()).isEqualTo("degraded");
      assertThat(status.at("/problems/0").asText())
          .isEqualTo("device dp1 is down; the log says why");

      daemon.dataplane().open(daemon.device("dp1"));
      assertThat(client.request("status").path("state").asText()).isEqualTo("forwarding");
    }
  }

  @Test
  void aSecondDaemonOnTheSameSocketIsRefusedAndTheFirstLivesOn() throws Exception {
    try (RunningDaemon first = new RunningDaemon(folder)) {
      assertThatThrownBy(() -> new RunningDaemon(folder))
          .isInstanceOf(ControlException.class)
          .hasMessageContaining(
              "another dataplane is running (process " + ProcessHandle.current().pid() + ")");
      try (ControlClient client = ControlClient.connect(first.socket(), PATIENCE)) {
        assertThat(client.request("status").path("state").asText()).isEqualTo("forwarding");
      }
    }
  }
}
