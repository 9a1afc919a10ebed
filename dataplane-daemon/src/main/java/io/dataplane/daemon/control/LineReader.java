package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a client sends into lines, of which none may be longer than a buffer that is allocated
 * once.
 */
final class LineReader {

  /** A client sent more than a line may hold, so it is not known where the next one begins. */
  static final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private LineTooLongException(int max) {
      super("a request may have at most " + max + " bytes");
    }
  }

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;
  private int scanned;

  LineReader(ReadableByteChannel channel, int lineBytesMax) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocate(lineBytesMax + 1);
  }

  /**
   * The next line without its end, waiting for it; null when the client has gone, even in the
   * middle of a line.
   */
  @Nullable String next() throws IOException {
    while (true) {
      for (; scanned < buffer.position(); scanned++) {
        if (buffer.get(scanned) == '\n') {
          return take();
        }
      }
      if (!buffer.hasRemaining()) {
        throw new LineTooLongException(buffer.capacity() - 1);
      }
      if (channel.read(buffer) < 0) {
        return null;
      }
    }
  }

  private String take() {
    String line = new String(buffer.array(), 0, scanned, StandardCharsets.UTF_8);
    buffer.limit(buffer.position()).position(scanned + 1);
    buffer.compact();
    scanned = 0;
    return line;
  }
}
