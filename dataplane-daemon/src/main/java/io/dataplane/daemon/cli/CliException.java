package io.dataplane.daemon.cli;

/**
 * A command that cannot go on; the message says why and what to do, and is all that the user sees.
 */
final class CliException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  private CliException(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** What was asked for could not be done. */
  static CliException failed(String message) {
    return new CliException(ExitStatus.FAILED, message);
  }

  /** What was asked for makes no sense. */
  static CliException invalid(String message) {
    return new CliException(ExitStatus.INVALID, message);
  }

  int exitStatus() {
    return exitStatus;
  }
}
