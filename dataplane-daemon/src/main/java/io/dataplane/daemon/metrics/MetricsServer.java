package io.dataplane.daemon.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP endpoint.
 *
 * <pre>
 *   /metrics   200, Prometheus's text, or OpenMetrics where the client accepts it
 *   /healthz   200 while every worker turns, else 503: a restart would help
 *   /readyz    200 once every device forwards; 503 before, and while one does not, naming it
 *   /          where the others are
 * </pre>
 */
public final class MetricsServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
  private static final int BACKLOG = 16;
  private static final String TEXT = "text/plain; charset=utf-8";

  static {
    // The JDK's server knows no bounds unless it is told: connections at a time, and seconds for a
    // request to arrive.
    setDefault("jdk.httpserver.maxConnections", "64");
    setDefault("sun.net.httpserver.maxReqTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Metrics metrics;
  private final Health health;

  private MetricsServer(HttpServer server, Metrics metrics, Health health) {
    this.server = server;
    this.metrics = metrics;
    this.health = health;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Listens and answers.
   *
   * @param address where to listen; port 0 takes any free one
   * @param metrics what {@code /metrics} writes
   * @param health what the probes say
   * @throws IOException if it cannot listen there; the message names the address and says what to
   *     do
   */
  public static MetricsServer start(InetSocketAddress address, Metrics metrics, Health health)
      throws IOException {
    HttpServer http;
    try {
      http = HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new IOException(
          "cannot listen on %s:%d for metrics: %s; set `metrics: { listen: ADDRESS:PORT }` to another, or off"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
    MetricsServer server = new MetricsServer(http, metrics, health);
    http.createContext("/", server.handler("/", server::index));
    http.createContext("/metrics", server.handler("/metrics", server::metrics));
    http.createContext("/healthz", server.handler("/healthz", server::healthz));
    http.createContext("/readyz", server.handler("/readyz", server::readyz));
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Wraps a page: exact path, GET or HEAD only, no exception without a trace in the log. */
  private HttpHandler handler(String path, HttpHandler page) {
    return exchange -> {
      try (exchange) {
        String method = exchange.getRequestMethod();
        if (!exchange.getRequestURI().getPath().equals(path)) {
          respond(exchange, 404, TEXT, "not found\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
          exchange.getResponseHeaders().set("Allow", "GET, HEAD");
          respond(exchange, 405, TEXT, "only GET and HEAD\n");
        } else {
          page.handle(exchange);
        }
      } catch (RuntimeException e) {
        log.error("the page {} failed", path, e);
      }
    };
  }

  private void index(HttpExchange exchange) throws IOException {
    respond(
        exchange,
        200,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <title>dataplane</title>
        <h1>dataplane</h1>
        <ul>
        <li><a href="metrics">metrics</a>: counters for Prometheus
        <li><a href="healthz">healthz</a>: does every worker turn?
        <li><a href="readyz">readyz</a>: does every device forward?
        </ul>
        """);
  }

  private void metrics(HttpExchange exchange) throws IOException {
    ExpositionFormat format =
        ExpositionFormat.accepted(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream body = new ByteArrayOutputStream(64 << 10);
    metrics.write(format, body);
    respond(exchange, 200, format.contentType(), body.toByteArray());
  }

  private void healthz(HttpExchange exchange) throws IOException {
    boolean alive = health.isAlive();
    respond(exchange, alive ? 200 : 503, TEXT, alive ? "ok\n" : "a worker is stuck\n");
  }

  private void readyz(HttpExchange exchange) throws IOException {
    List<String> problems = health.problems();
    String body = problems.isEmpty() ? "ok\n" : String.join("\n", problems) + "\n";
    respond(exchange, problems.isEmpty() ? 200 : 503, TEXT, body);
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    respond(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening; requests on their way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
