package io.dataplane.device;

import io.dataplane.base.Counter;

/** What one queue has done; counted by its worker, read by any thread. */
public final class QueueStats {

  private final Counter packets = new Counter();
  private final Counter bytes = new Counter();
  private final Counter errors = new Counter();
  private final Counter drops = new Counter();

  /**
   * Frames that went through.
   *
   * @return counter of frames
   */
  public Counter packets() {
    return packets;
  }

  /**
   * Bytes that went through, link header included.
   *
   * @return counter of bytes
   */
  public Counter bytes() {
    return bytes;
  }

  /**
   * Frames that the host sent malformed or refused to take.
   *
   * @return counter of frames
   */
  public Counter errors() {
    return errors;
  }

  /**
   * Frames dropped for want of room.
   *
   * @return counter of frames
   */
  public Counter drops() {
    return drops;
  }
}
