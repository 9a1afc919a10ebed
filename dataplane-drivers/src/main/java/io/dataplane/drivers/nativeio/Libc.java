package io.dataplane.drivers.nativeio;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.lang.foreign.MemorySegment;

/**
 * The C library's functions of the control plane. A result of -1 is turned into an exception by
 * {@link #check}, called at once on the same thread, as errno is the thread's.
 */
interface Libc extends Library {

  /** The library, loaded once. */
  Libc C = Native.load("c", Libc.class);

  int open(String path, int flags, Object... mode);

  int close(int fd);

  int ioctl(int fd, NativeLong request, Object... argument);

  int socket(int domain, int type, int protocol);

  int bind(int fd, Pointer address, int length);

  NativeLong recv(int fd, Pointer buffer, NativeLong length, int flags);

  Pointer mmap(
      Pointer hint, NativeLong bytes, int protection, int flags, int fd, NativeLong offset);

  int munmap(Pointer address, NativeLong bytes);

  int eventfd(int initial, int flags);

  int epoll_create1(int flags);

  int epoll_ctl(int epfd, int operation, int fd, Pointer event);

  NativeLong syscall(NativeLong number, Object... arguments);

  String strerror(int errno);

  /**
   * Passes a result on or throws.
   *
   * @param result what the call returned
   * @param call the call, with its request
   * @param subject what it was about
   * @return {@code result}
   * @throws NativeException where {@code result} is -1
   */
  static int check(int result, String call, String subject) throws NativeException {
    if (result == -1) {
      throw new NativeException(Native.getLastError(), call, subject);
    }
    return result;
  }

  /**
   * An ioctl with a structure.
   *
   * @param fd the descriptor
   * @param request its number
   * @param argument the structure, read and written by the kernel
   * @param name the request's symbol
   * @param subject what it is about
   * @return what the kernel answered
   * @throws NativeException where it fails
   */
  static int ioctl(int fd, int request, MemorySegment argument, String name, String subject)
      throws NativeException {
    int result = C.ioctl(fd, request(request), pointer(argument));
    return check(result, "ioctl(" + name + ")", subject);
  }

  /**
   * An ioctl with a number.
   *
   * @param fd the descriptor
   * @param request its number
   * @param argument the number
   * @param name the request's symbol
   * @param subject what it is about
   * @return what the kernel answered
   * @throws NativeException where it fails
   */
  static int ioctl(int fd, int request, long argument, String name, String subject)
      throws NativeException {
    int result = C.ioctl(fd, request(request), new NativeLong(argument));
    return check(result, "ioctl(" + name + ")", subject);
  }

  /**
   * A segment as JNA takes it. The segment has to be alive during the call.
   *
   * @param segment native memory
   * @return its address
   */
  static Pointer pointer(MemorySegment segment) {
    return new Pointer(segment.address());
  }

  private static NativeLong request(int request) {
    return new NativeLong(Integer.toUnsignedLong(request));
  }
}
