package io.dataplane.hook;

/**
 * The five verdicts of an XDP program, with the values of {@code enum xdp_action}
 * (include/uapi/linux/bpf.h).
 */
public final class XdpVerdict {

  /** The program failed: drop, and count it as an error. */
  public static final int ABORTED = 0;

  /** Drop silently. */
  public static final int DROP = 1;

  /** On to the stack. */
  public static final int PASS = 2;

  /** Back out of the device it came in by. */
  public static final int TX = 3;

  /** To the target that the program put into {@link XdpBuff#redirect}. */
  public static final int REDIRECT = 4;

  /** How many verdicts there are. */
  public static final int COUNT = 5;

  private static final String[] NAMES = {"aborted", "drop", "pass", "tx", "redirect"};

  private XdpVerdict() {}

  /**
   * The name for metrics and listings.
   *
   * @param verdict any value
   * @return lower case; what is no verdict is "aborted"
   */
  public static String name(int verdict) {
    return verdict >= 0 && verdict < COUNT ? NAMES[verdict] : NAMES[ABORTED];
  }
}
