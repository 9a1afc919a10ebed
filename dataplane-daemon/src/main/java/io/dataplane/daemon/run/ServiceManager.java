package io.dataplane.daemon.run;

import io.dataplane.drivers.nativeio.UnixDatagram;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the daemon is doing (sd_notify(3)). Where no service manager listens it does
 * nothing, and where it cannot be told the daemon goes on: the manager will time out, and the log
 * says why.
 */
public final class ServiceManager {

  private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

  private final String socket;

  /** Finds the manager in the environment. */
  public ServiceManager(Map<String, String> environment) {
    this.socket = environment.getOrDefault("NOTIFY_SOCKET", "");
  }

  /** Every device forwards. */
  public void ready() {
    tell("READY=1\nSTATUS=forwarding\n");
  }

  /** The daemon is about to end. */
  public void stopping() {
    tell("STOPPING=1\nSTATUS=stopping\n");
  }

  private void tell(String message) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      UnixDatagram.send(socket, message);
    } catch (IOException e) {
      log.warn("the service manager could not be told {}: {}", message.strip(), e.getMessage());
    }
  }
}
