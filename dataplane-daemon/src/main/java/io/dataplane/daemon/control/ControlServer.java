package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's end of the control socket. Register handlers, start, close. */
public final class ControlServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

  private final ControlSocket socket;
  private final ControlLimits limits;
  private final Map<String, RequestHandler> handlers;
  private final ControlStats stats;
  private final Deadlines deadlines;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ControlServer(
      ControlSocket socket,
      ControlLimits limits,
      ControlStats stats,
      Map<String, RequestHandler> handlers) {
    this.socket = socket;
    this.limits = limits;
    this.stats = stats;
    this.handlers = Collections.unmodifiableMap(new TreeMap<>(handlers));
    this.deadlines = new Deadlines(stats.timedOut);
  }

  /**
   * Makes the socket and begins to answer.
   *
   * @param path where the socket is to be; missing folders are made
   * @param limits what clients may take
   * @param stats where it counts
   * @param handlers by the name of the request that each answers
   * @throws ControlException if the socket cannot be made, as when another daemon answers there
   */
  public static ControlServer start(
      Path path, ControlLimits limits, ControlStats stats, Map<String, RequestHandler> handlers)
      throws ControlException {
    ControlServer server = new ControlServer(ControlSocket.bind(path), limits, stats, handlers);
    Thread.ofVirtual().name("control-accept").start(server::acceptAll);
    return server;
  }

  /** Where clients find it. */
  public Path path() {
    return socket.path();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        accept(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.warn("a control client could not be let in: {}", e.toString());
        pause();
      }
    }
  }

  /** Without a file descriptor left, accept fails at once and again and again: do not spin. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(SocketChannel client) {
    ControlSession session = new ControlSession(client, handlers, limits, stats, deadlines);
    if (stats.clients.incrementAndGet() > limits.clientsMax()) {
      stats.refused.incrementAndGet();
      Thread.ofVirtual().name("control-refuse").start(() -> sendAway(client, session));
      return;
    }
    stats.accepted.incrementAndGet();
    clients.add(client);
    if (closed) { // and close() may have gone through the clients already
      Quietly.close(client);
    }
    Thread.ofVirtual().name("control-client").start(() -> serve(client, session));
  }

  private void sendAway(SocketChannel client, ControlSession session) {
    stats.clients.decrementAndGet();
    session.refuse(
        RequestException.BUSY,
        "the daemon has " + limits.clientsMax() + " control clients already; try again later");
    Quietly.close(client);
  }

  private void serve(SocketChannel client, ControlSession session) {
    try {
      session.run();
    } finally {
      clients.remove(client);
      stats.clients.decrementAndGet();
    }
  }

  /** Removes the socket and cuts off every client. */
  @Override
  public void close() {
    closed = true;
    socket.close();
    clients.forEach(Quietly::close);
    deadlines.close();
  }
}
