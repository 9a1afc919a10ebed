package io.dataplane.daemon.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the machine that the demonstration uses. */
final class Commands {

  private Commands() {}

  /**
   * Runs a program to its end.
   *
   * @throws IOException if it fails; the message is what it said
   */
  static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("`" + String.join(" ", command) + "` failed: " + said);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while `" + command[0] + "` ran", e);
    }
  }

  /** Whether a program can be started by its name. */
  static boolean exists(String program) {
    // /usr/sbin holds `ip` on some systems, and is not on every user's path.
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
  }

  /** This JVM's own program, to be started once more. */
  static List<String> java(String... options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.concat(Stream.of(java), Stream.of(options)).toList();
  }
}
