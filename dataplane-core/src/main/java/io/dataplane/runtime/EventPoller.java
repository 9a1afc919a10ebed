package io.dataplane.runtime;

/**
 * How a worker sleeps and learns which descriptors are readable. The drivers module has one over
 * epoll; {@link ParkingPoller} is for workers without descriptors. All but {@link #wakeup} belong
 * to the worker.
 */
public interface EventPoller extends AutoCloseable {

  /**
   * Watches a descriptor, level-triggered.
   *
   * @param fd the descriptor
   * @param token what {@link #poll} reports it as, 0 or more
   */
  void add(int fd, int token);

  /**
   * Watches a descriptor no longer.
   *
   * @param fd the descriptor; not watched or closed is no error
   */
  void remove(int fd);

  /**
   * Waits for readable descriptors or a wake-up.
   *
   * @param ready where to put the tokens, from index 0
   * @param timeoutNs nanoseconds at most; 0 = do not wait
   * @return how many tokens
   */
  int poll(int[] ready, long timeoutNs);

  /** Ends a {@link #poll} that waits, or the next one. Any thread. */
  void wakeup();

  @Override
  void close();
}
