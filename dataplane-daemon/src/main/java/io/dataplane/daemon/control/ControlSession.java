package io.dataplane.daemon.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dataplane.daemon.control.Deadlines.Guard;
import io.dataplane.daemon.control.LineReader.LineTooLongException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, from its first request to its last; runs on a virtual thread of its own. */
final class ControlSession {

  private static final Logger log = LoggerFactory.getLogger(ControlSession.class);

  private final SocketChannel channel;
  private final Map<String, RequestHandler> handlers;
  private final ControlLimits limits;
  private final ControlStats stats;
  private final Deadlines deadlines;
  private final LineReader lines;
  private final OutputStream out;

  ControlSession(
      SocketChannel channel,
      Map<String, RequestHandler> handlers,
      ControlLimits limits,
      ControlStats stats,
      Deadlines deadlines) {
    this.channel = channel;
    this.handlers = handlers;
    this.limits = limits;
    this.stats = stats;
    this.deadlines = deadlines;
    this.lines = new LineReader(channel, limits.lineBytesMax());
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 16 << 10);
  }

  void run() {
    try {
      for (String line = nextLine(); line != null; line = nextLine()) {
        if (!line.isBlank()) {
          answer(line);
        }
      }
    } catch (LineTooLongException e) {
      refuse(RequestException.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.debug("control client lost: {}", e.toString());
    } finally {
      Quietly.close(channel);
    }
  }

  /** Tells the client why it is sent away; whether it listens does not matter. */
  void refuse(String code, String message) {
    try {
      write(Reply.failure(code, message));
    } catch (IOException e) {
      log.debug("control client lost: {}", e.toString());
    }
  }

  private @Nullable String nextLine() throws IOException {
    try (Guard _ = deadlines.closeAfter(channel, limits.idleTimeout())) {
      return lines.next();
    }
  }

  private void answer(String line) throws IOException {
    stats.requests.incrementAndGet();
    Reply reply = reply(line);
    if (!reply.ok()) {
      stats.failures.incrementAndGet();
    }
    write(reply);
  }

  private Reply reply(String line) {
    try {
      JsonNode request = Json.mapper().readTree(line);
      String name = request.path("request").asText("");
      RequestHandler handler = handlers.get(name);
      if (handler == null) {
        return unknown(name);
      }
      return Reply.success(handler.handle(new RequestArgs(request.path("args"))));
    } catch (JsonProcessingException e) {
      return Reply.failure(
          RequestException.BAD_REQUEST, "not a JSON object: " + e.getOriginalMessage());
    } catch (RequestException e) {
      return Reply.failure(e.code(), e.message());
    } catch (RuntimeException e) {
      log.error("a control request failed: {}", line, e);
      return Reply.failure(
          RequestException.INTERNAL, "the daemon failed to answer; its log says more");
    }
  }

  private Reply unknown(String name) {
    return name.isEmpty()
        ? Reply.failure(
            RequestException.BAD_REQUEST, "expected an object such as {\"request\": \"status\"}")
        : Reply.failure(
            RequestException.UNKNOWN_REQUEST,
            "unknown request `"
                + name
                + "`; this daemon knows "
                + String.join(", ", handlers.keySet()));
  }

  /** Streams the answer, so that even a long list takes no more memory than the list itself. */
  private void write(Reply reply) throws IOException {
    try (Guard _ = deadlines.closeAfter(channel, limits.answerTimeout())) {
      Json.mapper().writeValue(out, reply);
      out.write('\n');
      out.flush();
    }
  }
}
