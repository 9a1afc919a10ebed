package io.dataplane.link.bridge;

/**
 * State of a port towards the spanning tree (802.1D); without one a port is disabled or forwards.
 */
public enum PortState {
  /** Takes and sends nothing. */
  DISABLED,
  /** Takes control frames only. */
  BLOCKING,
  /** As blocking, on the way to forwarding. */
  LISTENING,
  /** Learns, but forwards nothing yet. */
  LEARNING,
  /** Takes and sends. */
  FORWARDING
}
