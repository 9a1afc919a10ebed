package io.dataplane.drivers.nativeio;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file descriptor that is closed exactly once. Whoever holds it sees to it that no other thread
 * uses the number after {@link #close}, as the kernel gives it out again.
 */
public final class Fd implements AutoCloseable {

  /** Read and write. */
  public static final int O_RDWR = 2;

  /** Calls that would wait fail with EAGAIN. */
  public static final int O_NONBLOCK = 0x800;

  /** Not inherited by programs that this one starts. */
  public static final int O_CLOEXEC = 0x80000;

  private static final int CLOSED = -1;

  private final AtomicInteger number;

  private Fd(int number) {
    this.number = new AtomicInteger(number);
  }

  /**
   * Takes over a descriptor.
   *
   * @param number the open descriptor, 0 or more
   * @return its owner
   */
  public static Fd of(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("descriptor " + number);
    }
    return new Fd(number);
  }

  /**
   * Opens a file.
   *
   * @param path where
   * @param flags of open(2); O_CLOEXEC is added
   * @return the descriptor
   * @throws NativeException where that fails
   */
  public static Fd open(String path, int flags) throws NativeException {
    return of(Libc.check(Libc.C.open(path, flags | O_CLOEXEC), "open", path));
  }

  /**
   * Opens a socket.
   *
   * @param domain of socket(2)
   * @param type of socket(2); SOCK_CLOEXEC is added
   * @param protocol of socket(2)
   * @param subject what it is for, in errors
   * @return the descriptor
   * @throws NativeException where that fails
   */
  public static Fd socket(int domain, int type, int protocol, String subject)
      throws NativeException {
    return of(Libc.check(Libc.C.socket(domain, type | O_CLOEXEC, protocol), "socket", subject));
  }

  /**
   * The number, for system calls.
   *
   * @return 0 or more
   * @throws IllegalStateException where it is closed
   */
  public int number() {
    int n = number.get();
    if (n == CLOSED) {
      throw new IllegalStateException("closed descriptor");
    }
    return n;
  }

  /**
   * Whether it was closed.
   *
   * @return true after {@link #close}
   */
  public boolean isClosed() {
    return number.get() == CLOSED;
  }

  /** Closes it; again is no error. What close(2) says is of no use: the number is free anyway. */
  @Override
  public void close() {
    int n = number.getAndSet(CLOSED);
    if (n != CLOSED) {
      Libc.C.close(n);
    }
  }

  @Override
  public String toString() {
    int n = number.get();
    return n == CLOSED ? "closed" : "fd " + n;
  }
}
