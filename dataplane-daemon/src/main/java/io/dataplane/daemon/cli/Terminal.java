package io.dataplane.daemon.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command writes, and whether a person looks at it.
 *
 * @param out for results
 * @param err for errors and progress
 * @param outIsTerminal whether {@code out} is a terminal, so that a screen may be redrawn
 * @param outHasColour whether to colour results
 * @param errHasColour whether to colour errors
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean outHasColour,
    boolean errHasColour) {

  private static final int BUFFER_BYTES = 8 << 10;

  /** The process's own streams. */
  static Terminal ofProcess() {
    boolean outIsTerminal = isTerminal(1);
    Map<String, String> environment = System.getenv();
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        outIsTerminal,
        outIsTerminal && wantsColour(environment),
        isTerminal(2) && wantsColour(environment));
  }

  /** Plain streams, as into a pipe. */
  static Terminal plain(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, false);
  }

  /** UTF-8 whatever the locale says: tables and messages use a few signs beyond ASCII. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
        true,
        StandardCharsets.UTF_8);
  }

  /** See no-color.org; a dumb terminal understands no colours either. */
  static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /**
   * Asks the kernel, as {@code System.console()} tells of stdin and stdout together only, and loads
   * a line editor for it.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return target.startsWith("/dev/pts")
          || target.startsWith("/dev/console")
          || target.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
