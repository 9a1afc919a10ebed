package io.dataplane.drivers;

import io.dataplane.drivers.nativeio.Epoll;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.runtime.EventPoller;
import java.io.UncheckedIOException;

/** A worker's poller over epoll, for devices with descriptors. */
public final class EpollPoller implements EventPoller {

  private static final int EVENTS_MAX = 64;

  private final Epoll epoll;

  /**
   * Makes one.
   *
   * @throws UncheckedIOException where the process has no descriptors left
   */
  public EpollPoller() {
    try {
      epoll = Epoll.open(EVENTS_MAX);
    } catch (NativeException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(int fd, int token) {
    try {
      epoll.add(fd, token);
    } catch (NativeException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void remove(int fd) {
    epoll.remove(fd);
  }

  @Override
  public int poll(int[] ready, long timeoutNs) {
    int n = Math.min(ready.length, epoll.await(timeoutNs));
    for (int i = 0; i < n; i++) {
      ready[i] = epoll.token(i);
    }
    return n;
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public void close() {
    epoll.close();
  }
}
