package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Adds one to an eventfd, from any thread. What the write answers does not matter: it fails only
 * where the counter is full, and then a wake-up is pending anyway.
 */
final class WakeupWriter {

  private static final MethodHandle WRITE =
      Downcalls.critical("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));

  private static final MemorySegment ONE = Arena.ofAuto().allocate(8, 8);

  // Any thread may capture into it, as nobody looks.
  private static final MemorySegment IGNORED = Arena.ofAuto().allocate(Downcalls.STATE_BYTES, 8);

  static {
    ONE.set(JAVA_LONG, 0, 1L);
  }

  private final int fd;

  WakeupWriter(int fd) {
    this.fd = fd;
  }

  @SuppressWarnings("unused") // the result: invokeExact wants it named
  void write() {
    try {
      long ignored = (long) WRITE.invokeExact(IGNORED, fd, ONE.address(), 8L);
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }
}
