package io.dataplane.memory;

/** The consumer's line of a {@link FrameRing}. */
abstract class FrameRingConsumer extends FrameRingMiddlePad {
  /** Next slot to read; written by the consumer with release. */
  protected long head;

  /** The producer's position as the consumer last saw it. */
  protected long tailSeen;
}
