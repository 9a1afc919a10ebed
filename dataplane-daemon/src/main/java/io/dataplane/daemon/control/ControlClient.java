package io.dataplane.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dataplane.base.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line's end of the control socket. One thread at a time. */
public final class ControlClient implements AutoCloseable {

  private static final int ANSWER_BYTES_MAX = 256 << 20;

  private final Path path;
  private final SocketChannel channel;
  private final Selector selector;
  private final Duration patience;
  private final Clock clock = Clock.system();

  private ControlClient(Path path, SocketChannel channel, Selector selector, Duration patience) {
    this.path = path;
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
  }

  /**
   * Connects to a daemon.
   *
   * @param path its control socket
   * @param patience how long to wait for each answer
   * @throws ControlException if nobody listens there, or this user may not connect
   */
  public static ControlClient connect(Path path, Duration patience) throws ControlException {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.configureBlocking(false);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new ControlClient(path, channel, Selector.open(), patience);
      } catch (IOException e) {
        Quietly.close(channel);
        throw e;
      }
    } catch (IOException e) {
      throw new ControlException(reason(path, e), e);
    }
  }

  private static String reason(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (!Files.exists(path)) {
      return "no daemon listens on " + path + ": there is no such socket";
    }
    if (message.contains("Connection refused")) {
      return "no daemon listens on " + path + ": it ended and left the socket behind";
    }
    if (message.contains("Permission denied")) {
      return "may not connect to " + path + ": only the user who started the daemon may";
    }
    return "cannot connect to " + path + ": " + message;
  }

  /** Asks without arguments; see {@link #request(String, Map)}. */
  public JsonNode request(String name) throws IOException, RequestException {
    return request(name, Map.of());
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param name the request's name
   * @param args what to add to it
   * @return the result
   * @throws RequestException if the daemon refuses; the message is its own
   * @throws ControlException if the daemon does not answer in time, or not in JSON
   */
  public JsonNode request(String name, Map<String, String> args)
      throws IOException, RequestException {
    ObjectNode request = Json.mapper().createObjectNode().put("request", name);
    args.forEach(request.putObject("args")::put);
    long deadlineNs = clock.nanoTime() + patience.toNanos();
    write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)), deadlineNs);
    JsonNode reply = Json.mapper().readTree(readLine(deadlineNs));
    if (!reply.path("ok").asBoolean()) {
      JsonNode error = reply.path("error");
      throw new RequestException(error.path("code").asText(), error.path("message").asText());
    }
    return reply.path("result");
  }

  private void write(ByteBuffer request, long deadlineNs) throws IOException {
    while (request.hasRemaining()) {
      if (channel.write(request) == 0) {
        await(SelectionKey.OP_WRITE, deadlineNs);
      }
    }
  }

  private byte[] readLine(long deadlineNs) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    while (line.size() < ANSWER_BYTES_MAX) {
      int read = channel.read(buffer.clear());
      if (read < 0) {
        throw new ControlException("the daemon on " + path + " hung up without an answer");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, deadlineNs);
        continue;
      }
      boolean complete =
          buffer.get(read - 1) == '\n'; // one request at a time: no second line follows
      line.write(buffer.array(), 0, complete ? read - 1 : read);
      if (complete) {
        return line.toByteArray();
      }
    }
    throw new ControlException("the daemon on " + path + " answers without end");
  }

  private void await(int operation, long deadlineNs) throws IOException {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - clock.nanoTime()) + 1;
    SelectionKey key = channel.register(selector, operation);
    boolean isReady = leftMs > 0 && selector.select(leftMs) > 0;
    if (!isReady && clock.nanoTime() - deadlineNs >= 0) {
      throw new ControlException(
          "the daemon on " + path + " does not answer within " + patience.toSeconds() + " s");
    }
    selector.selectedKeys().remove(key);
  }

  @Override
  public void close() {
    Quietly.close(channel);
    try {
      selector.close();
    } catch (IOException _) {
      // Nothing is registered any more.
    }
  }
}
