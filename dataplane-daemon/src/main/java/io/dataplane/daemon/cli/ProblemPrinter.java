package io.dataplane.daemon.cli;

import io.dataplane.daemon.config.Location;
import io.dataplane.daemon.config.Problem;
import io.dataplane.daemon.text.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows problems of a file: one line each, which editors and {@code grep} understand. On a terminal
 * the place in the file is drawn below each.
 */
final class ProblemPrinter {

  private final Terminal terminal;
  private final Style style;
  private final Map<String, List<String>> sources = new HashMap<>();

  ProblemPrinter(Terminal terminal) {
    this.terminal = terminal;
    this.style = Style.of(terminal.errHasColour());
  }

  void print(List<Problem> problems) {
    for (Problem problem : problems) {
      terminal.err().println(line(problem));
      if (terminal.errHasColour()) {
        excerpt(problem.at());
      }
    }
    long errors = problems.stream().filter(Problem::isError).count();
    if (problems.size() > 1) {
      terminal.err().printf("%d errors, %d warnings%n", errors, problems.size() - errors);
    }
  }

  private String line(Problem problem) {
    String severity = problem.isError() ? style.red("error") : style.yellow("warning");
    String path = problem.path().isEmpty() ? "" : style.bold(problem.path()) + ": ";
    String advice = problem.advice().isEmpty() ? "" : "; " + problem.advice();
    return problem.at() + ": " + severity + ": " + path + problem.message() + advice;
  }

  private void excerpt(Location at) {
    List<String> source = sources.computeIfAbsent(at.file(), ProblemPrinter::read);
    if (at.line() < 1 || at.line() > source.size()) {
      return;
    }
    // Tabs become one column each, as the column was counted.
    String text = source.get(at.line() - 1).replace('\t', ' ');
    terminal.err().printf("%6d | %s%n", at.line(), text);
    terminal
        .err()
        .printf("       | %s%s%n", " ".repeat(Math.max(0, at.column() - 1)), style.red("^"));
  }

  private static List<String> read(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of(); // it could be read a moment ago; the excerpt is a courtesy
    }
  }
}
