package io.dataplane.daemon.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration file that the daemon refuses; carries every problem of the file, not only the
 * first.
 */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Refuses a file.
   *
   * @param problems what is wrong, in the order of the file; at least one is an error
   */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem of the file, warnings too, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
