package io.dataplane.daemon.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code config/dataplane.yaml} is: here, else in the checkout that the program was built
 * from.
 */
final class DefaultConfig {

  private static final Path RELATIVE = Path.of("config", "dataplane.yaml");

  private DefaultConfig() {}

  /**
   * The file; the relative path where there is none, so that the message names what was looked for.
   */
  static Path find() {
    return Files.exists(RELATIVE) ? RELATIVE : inCheckout().orElse(RELATIVE);
  }

  private static Optional<Path> inCheckout() {
    @Nullable Path folder = programFolder();
    while (folder != null) {
      Path candidate = folder.resolve(RELATIVE);
      if (Files.exists(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  private static @Nullable Path programFolder() {
    try {
      return Path.of(
              DefaultConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
