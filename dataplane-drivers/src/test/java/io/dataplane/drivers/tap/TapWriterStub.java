package io.dataplane.drivers.tap;

import io.dataplane.drivers.Await;
import io.dataplane.runtime.Worker;
import java.util.concurrent.CountDownLatch;

/** Stands for a host that refuses every frame with one errno. */
final class TapWriterStub implements TapWriter {

  private final int errno;
  private volatile int refused;

  TapWriterStub(int errno) {
    this.errno = errno;
  }

  /** Puts a writer into a queue, on the worker that owns it; the one before is closed. */
  static void replace(TapTxQueue queue, TapWriter writer, Worker worker) {
    CountDownLatch done = new CountDownLatch(1);
    worker.execute(() -> {
      queue.detach();
      queue.attach(writer);
      done.countDown();
    });
    Await.until("the writer is replaced", () -> done.getCount() == 0);
  }

  /** Frames refused so far. */
  int refused() {
    return refused;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one worker writes
  public void write(TapTxBatch batch, int[] results) {
    for (int i = 0; i < batch.count(); i++) {
      results[i] = -errno;
    }
    refused += batch.count();
  }

  @Override
  public void close() {}
}
