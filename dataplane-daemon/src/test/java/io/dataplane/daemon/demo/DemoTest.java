package io.dataplane.daemon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.daemon.testing.Eventually;
import io.dataplane.daemon.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dataplane demo} as a process; its socket is put into a folder of the test's. */
class DemoTest {

  @TempDir Path folder;

  private Program demo(String... options) throws IOException {
    String[] args = Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new);
    return Program.start(List.of(), Map.of("XDG_RUNTIME_DIR", folder.toString()), args);
  }

  private void assertWorked(Program demo) throws Exception {
    assertThat(demo.awaitExit()).as(demo.out() + "\n" + demo.err()).isZero();
    assertThat(demo.out())
        .anyMatch(line -> line.startsWith("ok: host B answers host A's pings: 60 of 60 answered"))
        .anyMatch(line -> line.startsWith("ok: host A sends to host B: "))
        .anyMatch(line -> line.startsWith("ok: host B sends to host A: "))
        .anyMatch(line -> line.startsWith("dataplane demo: all of it worked"));
    assertThat(demo.err()).isEmpty();
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void bridgesTwoNamespacesOverTaps() throws Exception {
    Program.requireNamespaces();
    try (Program demo = demo()) {
      assertWorked(demo);
      assertThat(demo.out().getFirst()).contains("two network namespaces");
    }
  }

  @Test
  void bridgesTwoHostsInMemory() throws Exception {
    try (Program demo = demo("--in-memory")) {
      assertWorked(demo);
      assertThat(demo.out().getFirst()).contains("two hosts in memory");
    }
  }

  @Test
  void endsCleanlyWhenItIsStopped() throws Exception {
    Program.requireNamespaces();
    try (Program demo = demo("--keep")) {
      Eventually.holds(() -> demo.out().stream().anyMatch(line -> line.startsWith("ok: ")));
      List<ProcessHandle> inside =
          ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
      assertThat(inside).hasSizeGreaterThanOrEqualTo(3);

      demo.signal("TERM");
      assertThat(demo.awaitExit()).isZero();
      Eventually.holds(() -> inside.stream().noneMatch(ProcessHandle::isAlive));
      assertNothingLeft();
    }
  }
}
