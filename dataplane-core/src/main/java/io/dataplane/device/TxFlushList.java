package io.dataplane.device;

import java.util.Arrays;

/**
 * The transmit queues of a worker that have gathered frames since the last flush. Owned by that
 * worker.
 */
public final class TxFlushList {

  private TxQueue[] queues = new TxQueue[16];
  private int count;

  void add(TxQueue queue) {
    if (count == queues.length) {
      queues = Arrays.copyOf(queues, count * 2); // once per doubling of the devices, not per frame
    }
    queues[count++] = queue;
  }

  /**
   * Flushes them all. A queue that gathers again while another is flushed comes up in the same
   * pass.
   */
  public void flush() {
    for (int i = 0; i < count; i++) {
      queues[i].flushDirty();
    }
    count = 0;
  }
}
