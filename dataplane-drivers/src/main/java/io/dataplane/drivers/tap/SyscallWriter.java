package io.dataplane.drivers.tap;

import io.dataplane.drivers.nativeio.HotCalls;

/** A system call a frame. */
final class SyscallWriter implements TapWriter {

  private final HotCalls calls = new HotCalls();
  private final int fd;

  SyscallWriter(int fd) {
    this.fd = fd;
  }

  @Override
  public void write(TapTxBatch batch, int[] results) {
    for (int i = 0; i < batch.count(); i++) {
      int parts = batch.parts(i);
      results[i] =
          (int)
              (parts == 1
                  ? calls.write(fd, batch.address(i), batch.length(i))
                  : calls.writev(fd, batch.vectors(i), parts));
    }
  }

  @Override
  public void close() {}
}
