package io.dataplane.daemon.metrics;

import java.util.List;

/** How the daemon is; asked by several threads at a time. */
public interface Health {

  /**
   * Whether every worker still turns.
   *
   * @return false where one is stuck, so that a restart would help
   */
  boolean isAlive();

  /**
   * Why the daemon does not forward on every device right now.
   *
   * @return a clause each, naming the device; empty when it does
   */
  List<String> problems();
}
