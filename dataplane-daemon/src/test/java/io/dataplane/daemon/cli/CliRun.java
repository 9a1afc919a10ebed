package io.dataplane.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A command line that was run within the test.
 *
 * @param status its exit status
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record CliRun(int status, String out, String err) {

  static CliRun of(String... args) {
    return with(Map.of(), args);
  }

  static CliRun with(Map<String, String> environment, String... args) {
    return run(false, environment, args);
  }

  static CliRun onTerminal(String... args) {
    return run(true, Map.of(), args);
  }

  private static CliRun run(boolean terminal, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    int status =
        new Cli(new Terminal(outStream, errStream, terminal, terminal, terminal), environment)
            .run(args);
    return new CliRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
