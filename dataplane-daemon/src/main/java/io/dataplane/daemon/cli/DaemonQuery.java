package io.dataplane.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dataplane.daemon.config.SocketPaths;
import io.dataplane.daemon.control.ControlClient;
import io.dataplane.daemon.control.ControlException;
import io.dataplane.daemon.control.Json;
import io.dataplane.daemon.control.RequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the daemon and shows its answer, as JSON or as a command draws it. */
final class DaemonQuery {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CliContext context;
  private final ClientOptions options;

  DaemonQuery(CliContext context, ClientOptions options) {
    this.context = context;
    this.options = options;
  }

  /** Draws an answer of some type. */
  @FunctionalInterface
  interface Renderer<T> {
    void render(T answer, Terminal terminal);
  }

  /** Asks for one thing. */
  <T> int ask(String request, Class<T> type, Renderer<T> renderer)
      throws CliException, IOException {
    JsonNode answer = request(request, Map.of());
    if (options.json()) {
      JsonOutput.print(context.terminal().out(), answer);
    } else {
      renderer.render(Json.mapper().treeToValue(answer, type), context.terminal());
    }
    return ExitStatus.DONE;
  }

  /** Asks for a list. */
  <T> int askList(
      String request, Map<String, String> args, Class<T> type, Renderer<List<T>> renderer)
      throws CliException, IOException {
    JsonNode answer = request(request, args);
    if (options.json()) {
      JsonOutput.print(context.terminal().out(), answer);
      return ExitStatus.DONE;
    }
    List<T> items = new ArrayList<>();
    for (JsonNode item : answer) {
      items.add(Json.mapper().treeToValue(item, type));
    }
    renderer.render(items, context.terminal());
    return ExitStatus.DONE;
  }

  private JsonNode request(String request, Map<String, String> args)
      throws CliException, IOException {
    try (ControlClient client = connect()) {
      return client.request(request, args);
    } catch (RequestException | ControlException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    }
  }

  /** The first socket that answers, of those that a daemon may have made. */
  private ControlClient connect() throws CliException {
    @Nullable Path named = options.socket();
    List<Path> candidates =
        named != null ? List.of(named) : SocketPaths.candidates(context.environment());
    List<String> reasons = new ArrayList<>();
    for (Path candidate : candidates) {
      try {
        return ControlClient.connect(candidate, PATIENCE);
      } catch (ControlException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw CliException.failed(
        String.join("\n", reasons)
            + "\nStart one with `dataplane run`, or name its socket with --socket PATH.");
  }
}
