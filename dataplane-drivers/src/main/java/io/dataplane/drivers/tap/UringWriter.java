package io.dataplane.drivers.tap;

import io.dataplane.drivers.nativeio.IoUring;

/**
 * One system call a batch, by io_uring; a lone frame goes out by a plain write, which is shorter
 * for one. Should the ring ever refuse a submission, it is not used again: what it still holds
 * points to frames that are about to be freed.
 */
final class UringWriter implements TapWriter {

  private final IoUring ring;
  private final SyscallWriter plain;
  private boolean broken;

  UringWriter(IoUring ring, int fd) {
    this.ring = ring;
    this.plain = new SyscallWriter(fd);
  }

  @Override
  public void write(TapTxBatch batch, int[] results) {
    int count = batch.count();
    if (count == 1 || broken) {
      plain.write(batch, results);
      return;
    }
    for (int i = 0; i < count; i++) {
      int parts = batch.parts(i);
      if (parts == 1) {
        ring.prepareWrite(0, batch.address(i), (int) batch.length(i), i);
      } else {
        ring.prepareWritev(0, batch.vectors(i), parts, i);
      }
    }
    int done = 0;
    while (done < count) {
      int submitted = ring.submit();
      if (submitted <= 0) {
        broken = true;
        for (int i = done; i < count; i++) {
          results[i] = submitted; // submission is in order, so these are the ones left
        }
        return;
      }
      done += collect(results);
    }
  }

  private int collect(int[] results) {
    int n = ring.completions();
    for (int i = 0; i < n; i++) {
      results[(int) ring.userData(i)] = ring.result(i);
    }
    ring.advance(n);
    return n;
  }

  @Override
  public void close() {
    ring.close();
  }
}
