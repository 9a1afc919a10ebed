package io.dataplane.daemon.control;

import java.io.IOException;

/** The control socket cannot be made or reached; the message names it and says what to do. */
public final class ControlException extends IOException {

  private static final long serialVersionUID = 1L;

  ControlException(String message) {
    super(message);
  }

  ControlException(String message, IOException cause) {
    super(message, cause);
  }
}
