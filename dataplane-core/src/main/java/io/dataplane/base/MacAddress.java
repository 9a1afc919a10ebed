package io.dataplane.base;

/**
 * IEEE 802 MAC addresses as the low 48 bits of a {@code long}, first octet on the wire highest,
 * because a long is compared, hashed and passed without an object.
 */
public final class MacAddress {

  /** ff:ff:ff:ff:ff:ff. */
  public static final long BROADCAST = 0xffff_ffff_ffffL;

  private static final long MULTICAST_BIT = 1L << 40;
  private static final long LOCAL_BIT = 1L << 41;

  private MacAddress() {}

  /**
   * Parses six hexadecimal octets separated by colons or dashes.
   *
   * @param text such as {@code 02:00:00:00:00:01}
   * @return the address
   * @throws IllegalArgumentException where {@code text} is anything else
   */
  public static long parse(String text) {
    if (text.length() != 17) {
      throw invalid(text);
    }
    long mac = 0;
    for (int i = 0; i < 17; i++) {
      char c = text.charAt(i);
      if (i % 3 == 2) {
        if (c != ':' && c != '-') {
          throw invalid(text);
        }
        continue;
      }
      int digit = Character.digit(c, 16);
      if (digit < 0 || c > 'f') {
        throw invalid(text);
      }
      mac = mac << 4 | digit;
    }
    return mac;
  }

  /**
   * Formats an address in the usual form.
   *
   * @param mac low 48 bits
   * @return such as {@code 02:00:00:00:00:01}
   */
  public static String format(long mac) {
    char[] out = new char[17];
    for (int i = 0; i < 17; i++) {
      if (i % 3 == 2) {
        out[i] = ':';
      } else {
        int nibble = 11 - (i - i / 3);
        out[i] = Character.forDigit((int) (mac >>> (nibble * 4)) & 0xf, 16);
      }
    }
    return new String(out);
  }

  /**
   * Whether the group bit is set ({@code is_multicast_ether_addr}; broadcast is one of them).
   *
   * @param mac low 48 bits
   * @return true for a group address
   */
  public static boolean isMulticast(long mac) {
    return (mac & MULTICAST_BIT) != 0;
  }

  /**
   * Whether a station may send from this address ({@code is_valid_ether_addr}: neither a group nor
   * zero).
   *
   * @param mac low 48 bits
   * @return true for a unicast address other than zero
   */
  public static boolean isValidUnicast(long mac) {
    return mac != 0 && !isMulticast(mac);
  }

  /**
   * Whether the address is one of 01:80:c2:00:00:0X, which bridges keep to the link ({@code
   * is_link_local_ether_addr}, IEEE 802.1D table 7-10).
   *
   * @param mac low 48 bits
   * @return true for a link-local group address
   */
  public static boolean isLinkLocal(long mac) {
    return mac >>> 4 == 0x0180_c200_000L;
  }

  /**
   * Makes a locally administered unicast address out of random bits ({@code eth_random_addr}).
   *
   * @param random at least 46 random bits
   * @return a valid unicast address
   */
  public static long locallyAdministered(long random) {
    return (random & BROADCAST & ~MULTICAST_BIT) | LOCAL_BIT;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "not a MAC address (six octets like 02:00:00:00:00:01): " + text);
  }
}
