package io.dataplane.drivers.nativeio;

/**
 * What the kernel told about an interface of this network namespace.
 *
 * @param kind what happened
 * @param index its number; 0 where messages were lost
 * @param name its name now
 * @param flags bits of {@code include/uapi/linux/if.h}, such as IFF_UP
 * @param mtu bytes behind the Ethernet header; -1 where the message does not say
 * @param mac low 48 bits; -1 where the message does not say
 */
public record LinkEvent(Kind kind, int index, String name, int flags, int mtu, long mac) {

  private static final int IFF_UP = 0x1;
  private static final int IFF_LOWER_UP = 0x10000;

  /** What happened. */
  public enum Kind {
    /** It is new, or something about it changed (RTM_NEWLINK). */
    CHANGED,
    /** It was deleted (RTM_DELLINK). */
    DELETED,
    /** It went to another network namespace, where it lives on (RTM_DELLINK). */
    MOVED,
    /** Messages were lost as too many came; whatever was known may be wrong. */
    LOST
  }

  static final LinkEvent LOST_MESSAGES = new LinkEvent(Kind.LOST, 0, "", 0, -1, -1);

  /**
   * Whether it is administratively up.
   *
   * @return true where it is
   */
  public boolean isUp() {
    return (flags & IFF_UP) != 0;
  }

  /**
   * Whether the link is there.
   *
   * @return true where it is
   */
  public boolean hasCarrier() {
    return (flags & IFF_LOWER_UP) != 0;
  }
}
