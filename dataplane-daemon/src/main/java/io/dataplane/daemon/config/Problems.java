package io.dataplane.daemon.config;

import io.dataplane.daemon.config.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects the problems of one file while its sections are read. */
final class Problems {

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void error(Node at, String path, String message, String advice) {
    found.add(new Problem(Severity.ERROR, locate(at.getStartMark()), path, message, advice));
  }

  void error(Mark at, String path, String message, String advice) {
    found.add(new Problem(Severity.ERROR, locate(at), path, message, advice));
  }

  void error(Location at, String message, String advice) {
    found.add(new Problem(Severity.ERROR, at, "", message, advice));
  }

  void warning(Node at, String path, String message, String advice) {
    found.add(new Problem(Severity.WARNING, locate(at.getStartMark()), path, message, advice));
  }

  /** A location as a person reads it: SnakeYAML counts from 0, editors from 1. */
  Location locate(Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  Location wholeFile() {
    return Location.of(file);
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  /** Everything found, in the order of the file. */
  List<Problem> sorted() {
    return found.stream().sorted().toList();
  }
}
