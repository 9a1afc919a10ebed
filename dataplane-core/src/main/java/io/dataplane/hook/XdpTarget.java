package io.dataplane.hook;

/** Where a REDIRECT sends a frame: a device's transmit ring, another worker, a frame socket. */
public interface XdpTarget {

  /**
   * Takes a frame, to be sent when the poll ends ({@code ndo_xdp_xmit}). Called by worker {@code
   * cpu}.
   *
   * @param frame head of the frame; the target owns it if this returns true
   * @param cpu the calling worker's number
   * @return false where the target has no room or is down; the caller still owns the frame
   */
  boolean xdpXmit(int frame, int cpu);
}
