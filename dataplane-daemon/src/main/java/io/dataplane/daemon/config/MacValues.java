package io.dataplane.daemon.config;

import java.util.Optional;

/** Reads Ethernet addresses of single stations. */
final class MacValues {

  private MacValues() {}

  static Optional<MacAddress> station(Value value) {
    Optional<String> text = value.text("an Ethernet address");
    Optional<MacAddress> mac = text.flatMap(MacAddress::parse);
    if (text.isPresent() && mac.isEmpty()) {
      value.error(
          "`" + text.get() + "` is no Ethernet address",
          "write six bytes, such as 02:00:00:00:00:01");
    } else if (mac.isPresent() && mac.get().isZero()) {
      value.error("the zero address belongs to nobody", "use one such as 02:00:00:00:00:01");
      return Optional.empty();
    } else if (mac.isPresent() && mac.get().isGroup()) {
      value.error(
          "`" + text.orElse("") + "` is a group address, not a station's",
          "make the first byte even, such as 02:00:00:00:00:01");
      return Optional.empty();
    }
    return mac;
  }
}
