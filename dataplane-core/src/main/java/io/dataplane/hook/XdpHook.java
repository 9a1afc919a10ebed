package io.dataplane.hook;

/**
 * A program that decides on each received frame. One instance may be called by several workers at
 * once, each with an {@link XdpBuff} of its own.
 */
@FunctionalInterface
public interface XdpHook {

  /** The hook of a device that has no program. */
  XdpHook PASS = xdp -> XdpVerdict.PASS;

  /**
   * Decides on one frame. Must not throw, block or allocate; may move {@code data}, {@code dataEnd}
   * and {@code dataMeta} of its argument and change the bytes in between.
   *
   * @param xdp the frame; valid during the call
   * @return a constant of {@link XdpVerdict}; anything else counts as ABORTED
   */
  int run(XdpBuff xdp);
}
