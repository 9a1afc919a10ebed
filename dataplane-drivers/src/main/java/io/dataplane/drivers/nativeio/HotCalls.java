package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of the packet path. Each answers with its result or with a negated {@link
 * Errno}, as inside the kernel. Addresses are plain numbers: whoever calls keeps the memory alive
 * and answers for the length.
 *
 * <p>An object belongs to one thread, since it holds the memory that errno is captured in.
 */
public final class HotCalls {

  private static final FunctionDescriptor BUFFER_CALL =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor VECTOR_CALL =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = Downcalls.critical("read", BUFFER_CALL);
  private static final MethodHandle WRITE = Downcalls.critical("write", BUFFER_CALL);
  private static final MethodHandle READV = Downcalls.critical("readv", VECTOR_CALL);
  private static final MethodHandle WRITEV = Downcalls.critical("writev", VECTOR_CALL);

  // io_uring_enter has no function in libc; syscall(2) is variadic behind its number.
  private static final MethodHandle IO_URING_ENTER =
      Downcalls.critical(
          "syscall",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final long NR_IO_URING_ENTER = 426;

  private final MemorySegment state = Arena.ofAuto().allocate(Downcalls.STATE_BYTES);

  /** Makes the calls of one thread. */
  public HotCalls() {}

  /**
   * read(2) on a descriptor that does not block.
   *
   * @param fd descriptor with O_NONBLOCK
   * @param address where the bytes go
   * @param lengthBytes at most this many
   * @return bytes read, or a negated errno
   */
  public long read(int fd, long address, long lengthBytes) {
    try {
      return result((long) READ.invokeExact(state, fd, address, lengthBytes));
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  /**
   * write(2) on a descriptor that does not block.
   *
   * @param fd descriptor with O_NONBLOCK
   * @param address where the bytes are
   * @param lengthBytes how many
   * @return bytes written, or a negated errno
   */
  public long write(int fd, long address, long lengthBytes) {
    try {
      return result((long) WRITE.invokeExact(state, fd, address, lengthBytes));
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  /**
   * readv(2) on a descriptor that does not block.
   *
   * @param fd descriptor with O_NONBLOCK
   * @param vectors address of {@code count} times struct iovec: address and length, 8 bytes each
   * @param count 1 .. 1024
   * @return bytes read, or a negated errno
   */
  public long readv(int fd, long vectors, int count) {
    try {
      return result((long) READV.invokeExact(state, fd, vectors, count));
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  /**
   * writev(2) on a descriptor that does not block.
   *
   * @param fd descriptor with O_NONBLOCK
   * @param vectors address of {@code count} times struct iovec: address and length, 8 bytes each
   * @param count 1 .. 1024
   * @return bytes written, or a negated errno
   */
  public long writev(int fd, long vectors, int count) {
    try {
      return result((long) WRITEV.invokeExact(state, fd, vectors, count));
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  /** io_uring_enter(2) that submits and does not wait. */
  int ioUringSubmit(int ringFd, int count) {
    try {
      return (int)
          result(
              (long)
                  IO_URING_ENTER.invokeExact(
                      state, NR_IO_URING_ENTER, ringFd, count, 0, 0, 0L, 0L));
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  private long result(long returned) {
    return returned >= 0 ? returned : -Downcalls.errno(state);
  }
}
