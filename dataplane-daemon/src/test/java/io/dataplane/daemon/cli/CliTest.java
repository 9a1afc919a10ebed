package io.dataplane.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage, exit status, and what goes where. */
class CliTest {

  private static final String GOOD =
      "devices: { dp0: { driver: tap } }\nbridges: { br0: { ports: [dp0] } }\n";

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("dataplane.yaml"), yaml);
  }

  @Test
  void helpTeaches() {
    CliRun run = CliRun.of("--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            "Usage: dataplane",
            "Commands:",
            "  check ",
            "dataplane demo",
            "Exit status:",
            "wrong usage")
        .doesNotContain("null", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "demo",
        "check",
        "status",
        "device",
        "worker",
        "bridge",
        "bridge show",
        "bridge fdb",
        "version"
      })
  void everyCommandHasHelpThatFitsAScreen(String command) {
    CliRun run = CliRun.of((command + " --help").split(" "));
    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSizeLessThan(45).allMatch(line -> line.length() <= 120);
    assertThat(run.out()).contains("Usage: dataplane " + command, "Exit status:");
  }

  @Test
  void theVersionIsOneLine() {
    for (String word : List.of("version", "--version", "-V")) {
      CliRun run = CliRun.of(word);
      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("dataplane ").contains("Java 2").hasLineCount(1);
    }
  }

  @Test
  void noCommandIsWrongUsage() {
    CliRun run = CliRun.of();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("dataplane: missing required subcommand", "Try `dataplane --help`.");
  }

  @Test
  void aSlipIsRecognised() {
    assertThat(CliRun.of("stats").err())
        .isEqualTo("dataplane: unknown command `stats`\nDid you mean: dataplane status?\n");
    CliRun option = CliRun.of("status", "--jsn");
    assertThat(option.status()).isEqualTo(2);
    assertThat(option.err()).contains("dataplane status: unknown option `--jsn`", "--json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "check a b",
        "device a b",
        "bridge",
        "bridge show a b",
        "status x",
        "version x"
      })
  void wrongUsageIsStatusTwo(String words) {
    CliRun run = CliRun.of(words.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("dataplane ").doesNotContain("\tat ");
  }

  @Test
  void aGoodFileIsSaidToBeGood() throws IOException {
    Path file = file(GOOD);
    CliRun run = CliRun.of("check", file.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo(file + ": good: 1 device, 1 bridge, 1 worker\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyProblemOfABadFileIsAnErrorLine() throws IOException {
    Path file = file(GOOD + "wrokers: 1\npoll: { mode: fast }\n");
    CliRun run = CliRun.of("check", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            FILE:3:1: error: unknown key `wrokers`; did you mean `workers`?
            FILE:4:15: error: poll.mode: unknown value `fast`; use one of adaptive, busy
            2 errors, 0 warnings
            """
                .replace("FILE", file.toString()));
  }

  @Test
  void theJsonOfACheckIsOneObjectOnStdout() throws Exception {
    CliRun good = CliRun.of("check", "--json", file(GOOD).toString());
    assertThat(good.status()).isZero();
    assertThat(good.json().path("valid").asBoolean()).isTrue();

    CliRun bad = CliRun.of("check", "--json", file("workers: 0\n").toString());
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.err()).isEmpty();
    assertThat(bad.json().at("/problems/1/message").asText()).isEqualTo("0 is out of range");
    assertThat(bad.json().at("/problems/1/line").asInt()).isEqualTo(1);
  }

  @Test
  void onATerminalTheProblemIsShownInItsLine() throws IOException {
    CliRun run = CliRun.onTerminal("check", file(GOOD + "wrokers: 1\n").toString());
    assertThat(run.err())
        .contains(
            "\u001b[31merror\u001b[0m", "     3 | wrokers: 1\n       | \u001b[31m^\u001b[0m\n");
  }

  @Test
  void aMissingFileIsInvalidInput() {
    CliRun run = CliRun.of("check", "/nonexistent.yaml");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("/nonexistent.yaml: error: no such file; start from config/dataplane.yaml\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "device", "worker", "bridge show", "bridge fdb"})
  void withoutADaemonTheSocketIsNamed(String command) {
    CliRun run = CliRun.of((command + " --socket " + folder.resolve("no.sock")).split(" "));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            dataplane %s: no daemon listens on %s: there is no such socket
            Start one with `dataplane run`, or name its socket with --socket PATH.
            """
                .formatted(command, folder.resolve("no.sock")));
  }

  @Test
  void theEnvironmentNamesTheSocketToo() {
    CliRun run = CliRun.with(Map.of("DATAPLANE_SOCKET", "/tmp/none.sock"), "status");
    assertThat(run.err()).contains("no daemon listens on /tmp/none.sock");
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"))).isFalse();
  }
}
