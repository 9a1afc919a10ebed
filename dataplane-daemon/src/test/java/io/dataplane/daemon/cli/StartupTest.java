package io.dataplane.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What starts fast loads little. */
class StartupTest {

  private static List<String> classesLoadedBy(String argument) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout:none",
                "-cp",
                System.getProperty("java.class.path"),
                "io.dataplane.daemon.cli.Main",
                argument)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.contains(" source: ")).collect(Collectors.toList());
  }

  @Test
  void helpLoadsNeitherYamlNorJsonNorMetricsNorTheStack() throws Exception {
    List<String> classes = classesLoadedBy("--help");
    assertThat(classes).anyMatch(line -> line.startsWith("picocli.CommandLine "));
    assertThat(classes)
        .noneMatch(line ->
            line.matches(
                "(com\\.fasterxml|org\\.yaml|io\\.micrometer|ch\\.qos|org\\.slf4j|com\\.sun\\.jna|io\\.netty).*"))
        .noneMatch(line -> line.matches("io\\.dataplane\\.(?!daemon\\.cli\\.).*"));
  }
}
