package io.dataplane.drivers.tap;

/** How frames cross into the kernel. */
public enum TapIo {
  /** io_uring where the kernel lets us, else a call a frame. */
  AUTO,
  /** io_uring; opening fails where the kernel does not let us. */
  URING,
  /** A system call a frame. */
  SYSCALL
}
