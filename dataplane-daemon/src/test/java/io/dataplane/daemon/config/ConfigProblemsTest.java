package io.dataplane.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file in {@code src/test/resources/config/problems} is wrong in its own way, and ends with
 * the problems that must be found in it, one a line after {@code #>}. After a change that is meant,
 * {@code -Ddataplane.golden=write} rewrites those lines.
 */
class ConfigProblemsTest {

  private static final String MARK = "#> ";

  static Stream<Path> files() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(ConfigProblemsTest.class.getResource("/config/problems"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyProblemIsFoundAtItsPlace(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> found = problems(file).stream().map(Problem::toString).toList();
    List<String> shown =
        found.stream()
            .map(line -> line.replace(file.toString() + ":", "").replace(file.toString(), "file"))
            .toList();

    if ("write".equals(System.getProperty("dataplane.golden"))) {
      rewrite(file, lines, shown);
      abort("the expected problems were rewritten");
    }
    List<String> expected =
        lines.stream()
            .filter(line -> line.startsWith(MARK))
            .map(line -> line.substring(MARK.length()))
            .toList();
    assertThat(shown).isEqualTo(expected).isNotEmpty();
  }

  private static void rewrite(Path file, List<String> lines, List<String> problems)
      throws IOException {
    Path source =
        Path.of("src/test/resources/config/problems")
            .resolve(Objects.requireNonNull(file.getFileName()));
    Stream<String> input = lines.stream().filter(line -> !line.startsWith(MARK));
    Files.write(source, Stream.concat(input, problems.stream().map(MARK::concat)).toList());
  }

  private static List<Problem> problems(Path file) {
    try {
      return new ConfigLoader(Map.of()).load(file).warnings();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  @Test
  void aMissingFileIsAProblem(@TempDir Path folder) {
    Path file = folder.resolve("absent.yaml");
    assertThat(problems(file))
        .singleElement()
        .hasToString(file + ": error: no such file; start from config/dataplane.yaml");
  }

  @Test
  void aFolderIsAProblem(@TempDir Path folder) {
    assertThat(problems(folder))
        .singleElement()
        .hasToString(folder + ": error: is a directory; name a YAML file");
  }

  @Test
  void bytesThatAreNotUtf8AreLocated(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin1.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xe9, '\n'});
    assertThat(problems(file))
        .singleElement()
        .hasToString(file + ":2:4: error: not UTF-8 text; save the file in UTF-8");
  }

  @Test
  void controlCharactersAreAProblem(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("binary.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', 1, 2, 3});
    assertThat(problems(file)).singleElement().asString().contains("not valid YAML");
  }

  @Test
  void aHugeFileIsNotRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.yaml");
    Files.write(file, new byte[Limits.FILE_BYTES_MAX + 1]);
    assertThat(problems(file)).singleElement().asString().contains("larger than 1 MiB");
  }
}
