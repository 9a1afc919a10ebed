package io.dataplane.drivers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs a program to its end. */
public final class Command {

  private Command() {}

  /**
   * Runs it and fails where it fails.
   *
   * @param words the program and its arguments
   * @return what it printed
   */
  public static String run(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", words) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(String.join(" ", words), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Runs {@code ip} with the words of a line.
   *
   * @param line its arguments
   * @return what it printed
   */
  public static String ip(String line) {
    return run(("ip " + line).split(" "));
  }
}
