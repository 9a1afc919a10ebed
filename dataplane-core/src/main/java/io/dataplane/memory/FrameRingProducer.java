package io.dataplane.memory;

/** The producer's line of a {@link FrameRing}. */
abstract class FrameRingProducer {
  /** Next slot to fill; written by the producer with release. */
  protected long tail;

  /** The consumer's position as the producer last saw it. */
  protected long headSeen;
}
