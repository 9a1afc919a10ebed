package io.dataplane.drivers;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Ethernet frames as bytes. */
public final class RawFrames {

  /** EtherType of test frames: IEEE Std 802 local experimental 1. */
  public static final int TYPE_TEST = 0x88b5;

  /** A host to the left that no host is. */
  public static final long LEFT = 0x0200_0000_aa01L;

  /** A host to the right that no host is. */
  public static final long RIGHT = 0x0200_0000_bb02L;

  private RawFrames() {}

  /**
   * A frame with a payload that the seed decides.
   *
   * @param destination where to
   * @param source where from
   * @param length bytes, at least 14
   * @param seed any
   * @return the frame
   */
  public static byte[] of(long destination, long source, int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    ByteBuffer.wrap(bytes)
        .putLong(0, destination << 16)
        .putLong(6, source << 16)
        .putShort(12, (short) TYPE_TEST);
    if (length > 14) {
      bytes[14] = (byte) seed;
    }
    return bytes;
  }
}
