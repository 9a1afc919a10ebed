package io.dataplane.daemon.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Ethernet address.
 *
 * @param bits its 48 bits, first byte on the wire in the highest place
 */
public record MacAddress(long bits) {

  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");
  private static final long GROUP_BIT = 1L << 40;

  /** Reads {@code 02:00:00:00:00:01}, also with dashes. */
  public static Optional<MacAddress> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new MacAddress(Long.parseLong(text.replaceAll("[:-]", ""), 16)))
        : Optional.empty();
  }

  /** Whether it means a group of stations, as broadcast does; such an address is never a source. */
  public boolean isGroup() {
    return (bits & GROUP_BIT) != 0;
  }

  /** Whether all bits are zero, which is no address at all. */
  public boolean isZero() {
    return bits == 0;
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%012x".formatted(bits));
    for (int at = 10; at > 0; at -= 2) {
      text.insert(at, ':');
    }
    return text.toString();
  }
}
