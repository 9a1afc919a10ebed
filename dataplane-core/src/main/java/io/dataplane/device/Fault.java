package io.dataplane.device;

/** What a {@link FaultyDevice} may do to a frame. */
public enum Fault {
  /** The frame is dropped. */
  LOSS,
  /** The frame arrives twice. */
  DUPLICATE,
  /** The frame arrives behind up to four of those that followed it. */
  REORDER,
  /** One bit of the frame is turned over. */
  CORRUPT,
  /** The frame is cut short. */
  TRUNCATE,
  /** The frame arrives later; delayed frames keep their order among themselves. */
  DELAY,
  /** The frame is dropped and counted as a receive or transmit error of the device. */
  ERROR,
  /** The transmit ring is full, so that the device refuses the frame; nothing when receiving. */
  FULL_RING;

  private static final Fault[] VALUES = values();

  static int count() {
    return VALUES.length;
  }
}
