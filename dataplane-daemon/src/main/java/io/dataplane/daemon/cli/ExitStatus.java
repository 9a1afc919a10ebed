package io.dataplane.daemon.cli;

/** How a command tells scripts what became of it. */
final class ExitStatus {

  /** Done. */
  static final int DONE = 0;

  /** Asked rightly, but it did not work out. */
  static final int FAILED = 1;

  /** Wrong usage or invalid input: asking again the same way is useless. */
  static final int INVALID = 2;

  private ExitStatus() {}
}
