package io.dataplane.daemon.cli;

import io.dataplane.daemon.config.ConfigException;
import io.dataplane.daemon.config.ConfigLoader;
import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.config.LoadedConfig;
import io.dataplane.daemon.config.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Loads a configuration file for a command, and shows what is wrong with it. */
final class ConfigCheck {

  private final CliContext context;

  ConfigCheck(CliContext context) {
    this.context = context;
  }

  /** What {@code dataplane check} does. */
  int check(Path file, boolean json) throws IOException {
    List<Problem> problems;
    String summary = "";
    boolean valid = true;
    try {
      LoadedConfig loaded = new ConfigLoader(context.environment()).load(file);
      problems = loaded.warnings();
      summary = file + ": good: " + describe(loaded.config());
    } catch (ConfigException e) {
      problems = e.problems();
      valid = false;
    }
    if (json) {
      JsonOutput.print(context.terminal().out(), CheckView.of(file, valid, problems));
    } else {
      new ProblemPrinter(context.terminal()).print(problems);
      if (valid) {
        context.terminal().out().println(summary);
      }
    }
    return valid ? ExitStatus.DONE : ExitStatus.INVALID;
  }

  /**
   * Loads a file for another command; warnings are shown and do not matter.
   *
   * @throws CliException if the file is invalid; what is wrong has been shown then
   */
  DaemonConfig load(Path file) throws CliException {
    ProblemPrinter printer = new ProblemPrinter(context.terminal());
    try {
      LoadedConfig loaded = new ConfigLoader(context.environment()).load(file);
      printer.print(loaded.warnings());
      return loaded.config();
    } catch (ConfigException e) {
      printer.print(e.problems());
      throw CliException.invalid("cannot run with " + file);
    }
  }

  private static String describe(DaemonConfig config) {
    return "%s, %s, %s"
        .formatted(
            count(config.devices().size(), "device"),
            count(config.bridges().size(), "bridge"),
            count(config.workers(), "worker"));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The result as {@code --json} prints it. */
  record CheckView(String file, boolean valid, List<ProblemView> problems) {

    /**
     * A problem as {@code --json} prints it; line and column are 0 where the whole file is meant.
     */
    record ProblemView(
        String severity, int line, int column, String path, String message, String advice) {}

    static CheckView of(Path file, boolean valid, List<Problem> problems) {
      return new CheckView(file.toString(), valid, problems.stream().map(CheckView::view).toList());
    }

    private static ProblemView view(Problem problem) {
      return new ProblemView(
          problem.severity().name().toLowerCase(Locale.ROOT),
          problem.at().line(),
          problem.at().column(),
          problem.path(),
          problem.message(),
          problem.advice());
    }
  }
}
