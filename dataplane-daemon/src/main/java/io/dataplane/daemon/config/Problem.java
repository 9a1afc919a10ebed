package io.dataplane.daemon.config;

/**
 * One thing that is wrong, or at least odd, in a configuration file.
 *
 * @param severity whether the daemon refuses to start because of it
 * @param at where it stands
 * @param path the key path, such as {@code devices.dp0.mtu}; empty for the file as a whole
 * @param message what is wrong
 * @param advice what to do about it; a whole clause, possibly empty
 */
public record Problem(Severity severity, Location at, String path, String message, String advice)
    implements Comparable<Problem> {

  /** How bad a problem is. */
  public enum Severity {
    /** The daemon does not start with this file. */
    ERROR,
    /** The daemon starts, and probably does not do what was meant. */
    WARNING
  }

  /** Whether the daemon refuses to start because of this problem. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** In the order of the file, so that a reader can walk through it once. */
  @Override
  public int compareTo(Problem other) {
    int byLocation = at.compareTo(other.at);
    return byLocation != 0 ? byLocation : message.compareTo(other.message);
  }

  /** One line: {@code file:line:column: error: path: message; advice}. */
  @Override
  public String toString() {
    return at
        + (isError() ? ": error: " : ": warning: ")
        + (path.isEmpty() ? "" : path + ": ")
        + message
        + (advice.isEmpty() ? "" : "; " + advice);
  }
}
