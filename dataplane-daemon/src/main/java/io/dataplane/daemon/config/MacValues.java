package io.dataplane.daemon.config;

import io.dataplane.base.MacAddress;
import java.util.Optional;

/** Reads Ethernet addresses of single stations. */
final class MacValues {

  private MacValues() {}

  /**
   * A station's address as the low 48 bits of a long; empty, and noted, where the value is none.
   */
  static Optional<Long> station(Value value) {
    Optional<String> text = value.text("an Ethernet address");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> mac = parse(text.get());
    if (mac.isEmpty()) {
      value.error(
          "`" + text.get() + "` is no Ethernet address",
          "write six bytes, such as 02:00:00:00:00:01");
    } else if (mac.get() == 0) {
      value.error("the zero address belongs to nobody", "use one such as 02:00:00:00:00:01");
    } else if (MacAddress.isMulticast(mac.get())) {
      value.error(
          "`" + text.get() + "` is a group address, not a station's",
          "make the first byte even, such as 02:00:00:00:00:01");
    } else {
      return mac;
    }
    return Optional.empty();
  }

  private static Optional<Long> parse(String text) {
    try {
      return Optional.of(MacAddress.parse(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
