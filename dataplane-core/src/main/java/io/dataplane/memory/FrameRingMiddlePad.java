package io.dataplane.memory;

/**
 * Two cache lines between the ends of a {@link FrameRing}; superclass fields are laid out first, so
 * these stay between.
 */
abstract class FrameRingMiddlePad extends FrameRingProducer {
  long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
