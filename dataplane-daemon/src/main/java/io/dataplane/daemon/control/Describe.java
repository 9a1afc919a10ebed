package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What an I/O error means to a person; file errors carry their reason apart from the path. */
final class Describe {

  private Describe() {}

  static String cause(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason() + " (" + file.getFile() + ")";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
