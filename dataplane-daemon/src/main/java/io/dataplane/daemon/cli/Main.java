package io.dataplane.daemon.cli;

/** Entry point of {@code bin/dataplane}; for now it only says how it is used. */
public final class Main {
  private Main() {}

  /**
   * Prints the usage, on stdout with status 0 when asked for and on stderr with status 2 when not.
   */
  public static void main(String[] args) {
    boolean asked = args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"));
    (asked ? System.out : System.err).println("usage: dataplane COMMAND [ARGUMENT...]");
    System.exit(asked ? 0 : 2);
  }
}
