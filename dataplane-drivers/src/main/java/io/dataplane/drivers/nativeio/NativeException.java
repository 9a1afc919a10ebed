package io.dataplane.drivers.nativeio;

import java.io.IOException;

/** A system call of the control plane that failed. */
public final class NativeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;
  private final String call;
  private final String subject;

  /**
   * Makes one.
   *
   * @param errno the positive error number
   * @param call the system call, for ioctl with its request: {@code ioctl(TUNSETIFF)}
   * @param subject what it was about: a device, a path
   */
  public NativeException(int errno, String call, String subject) {
    super(
        subject + ": " + call + " failed with " + Errno.name(errno) + ", " + Errno.describe(errno));
    this.errno = errno;
    this.call = call;
    this.subject = subject;
  }

  /**
   * The error number.
   *
   * @return one of {@link Errno}
   */
  public int errno() {
    return errno;
  }

  /**
   * The system call.
   *
   * @return such as {@code ioctl(TUNSETIFF)}
   */
  public String call() {
    return call;
  }

  /**
   * What the call was about.
   *
   * @return a device, a path
   */
  public String subject() {
    return subject;
  }
}
