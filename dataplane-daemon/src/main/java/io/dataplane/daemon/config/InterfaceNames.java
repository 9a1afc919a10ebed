package io.dataplane.daemon.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The kernel's rules for the name of a network interface ({@code dev_valid_name} in
 * net/core/dev.c).
 */
final class InterfaceNames {

  private InterfaceNames() {}

  /** What is wrong with a name; empty if the kernel would take it as it is. */
  static Optional<String> fault(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isEmpty()) {
      return Optional.of("a name must not be empty");
    }
    if (bytes > Limits.INTERFACE_NAME_BYTES_MAX) {
      return Optional.of(
          "the name has %d bytes, the kernel takes at most %d"
              .formatted(bytes, Limits.INTERFACE_NAME_BYTES_MAX));
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("the name `" + name + "` means a directory");
    }
    return name.codePoints()
        .filter(c -> !isLegal(c))
        .mapToObj(c -> "the name must not contain " + describe(c))
        .findFirst();
  }

  /**
   * A percent sign is legal in the kernel, but makes it choose a name of its own ({@code tap%d}).
   */
  private static boolean isLegal(int c) {
    return c > ' ' && c < 0x7f && c != '/' && c != ':' && c != '%';
  }

  private static String describe(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c)
        ? "white space or control characters"
        : "`" + Character.toString(c) + "`";
  }
}
