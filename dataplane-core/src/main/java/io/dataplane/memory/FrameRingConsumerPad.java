package io.dataplane.memory;

/** Two cache lines behind the consumer's end, before the fields that both ends only read. */
abstract class FrameRingConsumerPad extends FrameRingConsumer {
  long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13, q14, q15;
}
