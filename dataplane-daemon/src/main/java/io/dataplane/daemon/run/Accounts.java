package io.dataplane.daemon.run;

import io.dataplane.device.DeviceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of users and groups. Names are looked up by getent(1), which knows every directory that
 * the machine uses.
 */
final class Accounts {

  private static final int NONE = -1;

  private Accounts() {}

  /** The number of a user, given by name or number; -1 for null. */
  static int user(String device, @Nullable String account) throws DeviceException {
    return number(device, "passwd", "user", account);
  }

  /** The number of a group, given by name or number; -1 for null. */
  static int group(String device, @Nullable String account) throws DeviceException {
    return number(device, "group", "group", account);
  }

  private static int number(String device, String database, String noun, @Nullable String account)
      throws DeviceException {
    if (account == null) {
      return NONE;
    }
    String digits = account.matches("\\d+") ? account : lookUp(database, account);
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new DeviceException(
          "device %s: no %s is called `%s`; see `getent %s`"
              .formatted(device, noun, account, database));
    }
  }

  /** The third field of {@code name:x:1000:...}; empty where there is none. */
  private static String lookUp(String database, String name) {
    try {
      Process getent =
          new ProcessBuilder(List.of("getent", database, name))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String line = new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] fields = line.split(":", 4);
      return fields.length > 2 ? fields[2] : "";
    } catch (IOException e) {
      throw new UncheckedIOException("getent cannot be run; give the number instead", e);
    }
  }
}
