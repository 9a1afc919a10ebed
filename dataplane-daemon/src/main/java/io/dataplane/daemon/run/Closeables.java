package io.dataplane.daemon.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that are closed in the opposite order in which they were made, each whatever became of the
 * others.
 */
final class Closeables implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Closeables.class);

  private record Part(String name, AutoCloseable closeable) {}

  private final Deque<Part> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closeable().close();
      } catch (Exception e) {
        log.error("closing the {} failed", part.name(), e);
      }
    }
  }
}
