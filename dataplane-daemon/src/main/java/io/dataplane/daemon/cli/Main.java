package io.dataplane.daemon.cli;

/** Entry point of {@code bin/dataplane}. */
public final class Main {

  private Main() {}

  /** Runs one command line and ends the process with its exit status. */
  public static void main(String[] args) {
    int status = new Cli(Terminal.ofProcess(), System.getenv()).run(args);
    System.out.flush();
    System.err.flush();
    // Not a return: a thread that a library left behind must not keep a command alive. Halt would
    // skip the hooks that clean up.
    System.exit(status);
  }
}
