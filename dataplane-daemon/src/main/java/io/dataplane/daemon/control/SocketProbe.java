package io.dataplane.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/** Finds out whether somebody listens on a socket, and who. */
final class SocketProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private SocketProbe() {}

  /**
   * Whether somebody listens. Only a refused connection tells that nobody does; every other
   * failure, such as a full backlog, is taken for life, as a socket that is wrongly taken for dead
   * would be stolen.
   */
  static boolean isAlive(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (IOException e) {
      boolean refused = String.valueOf(e.getMessage()).contains("Connection refused");
      return !refused && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** {@code " (process 4711)"}; empty if it does not say. */
  static String identity(Path path) {
    try (ControlClient client = ControlClient.connect(path, PATIENCE)) {
      JsonNode pid = client.request("status").path("pid");
      return pid.isIntegralNumber() ? " (process " + pid.asLong() + ")" : "";
    } catch (IOException | RequestException _) {
      return "";
    }
  }
}
