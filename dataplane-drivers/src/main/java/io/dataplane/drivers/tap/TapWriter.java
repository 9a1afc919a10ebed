package io.dataplane.drivers.tap;

/** Hands a batch of frames to the kernel. One worker. */
interface TapWriter extends AutoCloseable {

  /**
   * Writes the frames of a batch in order. Never blocks.
   *
   * @param batch where each frame is
   * @param results where to put what the kernel answered for each: bytes, or a negated errno
   */
  void write(TapTxBatch batch, int[] results);

  @Override
  void close();
}
