package io.dataplane.runtime;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A poller for workers whose devices are all in memory. */
public final class ParkingPoller implements EventPoller {

  private volatile boolean woken;
  private volatile @Nullable Thread waiter;

  @Override
  public void add(int fd, int token) {
    throw new IllegalStateException("this worker has no poller for descriptors");
  }

  @Override
  public void remove(int fd) {}

  @Override
  public int poll(int[] ready, long timeoutNs) {
    if (timeoutNs > 0) {
      waiter = Thread.currentThread();
      if (!woken) {
        LockSupport.parkNanos(this, timeoutNs);
      }
      waiter = null;
    }
    woken = false;
    return 0;
  }

  @Override
  public void wakeup() {
    woken = true;
    LockSupport.unpark(waiter);
  }

  @Override
  public void close() {}
}
