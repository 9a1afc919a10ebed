package io.dataplane.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.daemon.run.RunningDaemon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the listing commands show of a running daemon. */
class ListingsTest {

  private static RunningDaemon daemon;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    daemon = new RunningDaemon(folder);
    daemon.exchange(4);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static CliRun ask(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--socket");
    words.add(daemon.socket().toString());
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  @Test
  void statusIsOneScreen() {
    String out = ask("status").out();
    assertThat(out)
        .startsWith("dataplane 1.2.3, process " + ProcessHandle.current().pid() + ", up ")
        .contains(": forwarding\n")
        .contains("metrics  " + daemon.metricsUrl())
        .contains("bridge   br0: dp0, dp1; 3 of at most 16 addresses")
        .containsPattern("(?m)^DEVICE +STATE +DRIVER +BRIDGE +MTU +RX-FRAMES")
        .containsPattern("(?m)^dp0 +up +veth +br0 +1500 +4 +400 +4 +800 +0$")
        .doesNotContain("\u001b");
    assertThat(out.lines()).hasSizeLessThan(24);
  }

  @Test
  void deviceShowsQueuesAndOffloads() {
    assertThat(ask("device dp1").out())
        .startsWith("dp1  up  veth (peer dp1-host)  mtu 1500  mac 02:00:00:00:01:01  bridge br0\n")
        .contains("offloads  checksum tso4 tso6 uso")
        .containsPattern("(?m)^rx0 +0 +4 +800 +0 +0 +0 ")
        .containsPattern("(?m)^tx0 +0 +4 +400 +0 +0 +- +- +-$");
  }

  @Test
  void workerShowsItsBudgetAndMemory() {
    assertThat(ask("worker").out())
        .containsPattern("(?m)^WORKER +BUSY +FRAMES +ROUNDS +SQUEEZED")
        .containsPattern("(?m)^ *0 +\\d+\\.\\d % .* dp0-host/0 dp0/0 dp1-host/0 dp1/0$")
        .containsPattern("(?m)^ *0 +blocks +16 +16 +0$");
  }

  @Test
  void bridgeShowsPortsAndAddresses() {
    assertThat(ask("bridge show").out())
        .containsPattern("(?m)^br0 +dp0,dp1 +3 +16 +5 min +\\d +\\d +2 +0 +0 +0$");
    assertThat(ask("bridge fdb br0").out())
        .containsPattern("(?m)^02:00:00:00:00:0a +dp0 +br0 +learned ")
        .containsPattern("(?m)^02:00:00:00:00:cc +dp1 +br0 +static +-$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"device", "worker", "bridge show", "bridge fdb"})
  void everyListingIsAJsonArrayToo(String command) throws Exception {
    assertThat(ask(command + " --json").json()).isNotEmpty().allMatch(item -> item.isObject());
  }

  @Test
  void statusIsAJsonObjectToo() throws Exception {
    assertThat(ask("status --json").json().path("state").asText()).isEqualTo("forwarding");
  }

  @Test
  void anUnknownDeviceIsAFailure() {
    CliRun run = CliRun.of("device", "dp9", "--socket", daemon.socket().toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("dataplane device: no device is called `dp9`; there is ")
        .contains("dp0", "dp1");
  }
}
