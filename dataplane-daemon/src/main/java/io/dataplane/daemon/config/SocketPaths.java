package io.dataplane.daemon.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the control socket is: as the file says, else where daemons and clients both look for it.
 */
public final class SocketPaths {

  /** Names the socket to daemon and clients alike, where the file does not. */
  public static final String ENVIRONMENT_VARIABLE = "DATAPLANE_SOCKET";

  private static final Path SYSTEM = Path.of("/run/dataplane/control.sock");
  private static final String USER = "dataplane/control.sock";

  private SocketPaths() {}

  /**
   * Where a daemon makes its socket when its file does not say: {@code $DATAPLANE_SOCKET}, else
   * {@code /run/dataplane/control.sock} for root, else {@code
   * $XDG_RUNTIME_DIR/dataplane/control.sock}.
   */
  public static Path byDefault(Map<String, String> environment) {
    String named = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath();
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    return isRoot || runtime.isEmpty() ? SYSTEM : Path.of(runtime, USER);
  }

  /** Where a client looks for a daemon's socket, likeliest first. */
  public static List<Path> candidates(Map<String, String> environment) {
    List<Path> candidates = new ArrayList<>();
    candidates.add(byDefault(environment));
    if (environment.getOrDefault(ENVIRONMENT_VARIABLE, "").isEmpty()
        && !candidates.contains(SYSTEM)) {
      candidates.add(SYSTEM);
    }
    return candidates;
  }

  /** What is wrong with a socket's path; empty if a socket can bear it. */
  public static Optional<String> fault(String path) {
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    return bytes > Limits.SOCKET_PATH_BYTES_MAX
        ? Optional.of(
            "the path has %d bytes, a socket's may have %d"
                .formatted(bytes, Limits.SOCKET_PATH_BYTES_MAX))
        : Optional.empty();
  }

  static Optional<Path> read(Value value) {
    String text = value.text("a path").orElse("");
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      value.error("`" + text + "` is no path", "");
      return Optional.empty();
    }
    if (!path.isAbsolute()) {
      if (!text.isEmpty()) {
        value.error(
            "`" + text + "` is a relative path", "write it in full, from the leading slash");
      }
      return Optional.empty();
    }
    Optional<String> fault = fault(text);
    fault.ifPresent(message -> value.error(message, "choose a shorter one"));
    return fault.isPresent() ? Optional.empty() : Optional.of(path);
  }
}
