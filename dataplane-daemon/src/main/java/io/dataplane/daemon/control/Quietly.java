package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.channels.Channel;

/** Closing where there is nobody left to tell. */
final class Quietly {

  private Quietly() {}

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // The peer is gone, or never was there; the descriptor is released all the same.
    }
  }
}
