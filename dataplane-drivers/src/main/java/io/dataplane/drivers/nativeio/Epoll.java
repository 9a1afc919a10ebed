package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * An epoll instance with an eventfd that ends its waits ({@code fs/eventpoll.c}). Watching is
 * level-triggered. {@link #await} and the results belong to one thread at a time; {@link #add} and
 * {@link #remove} may come from any thread, {@link #wakeup} too.
 */
public final class Epoll implements AutoCloseable {

  /** There is something to read, or the device is gone. */
  public static final int EPOLLIN = 0x1;

  /** There is an error, such as a deleted TAP device; reported without being asked for. */
  public static final int EPOLLERR = 0x8;

  /** The other end is gone; reported without being asked for. */
  public static final int EPOLLHUP = 0x10;

  private static final int EPOLLET = 1 << 31;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final long NR_EPOLL_PWAIT2 = 441;
  private static final int WAKEUP_TOKEN = -1;

  // struct epoll_event is packed on x86-64 only.
  private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int TOKEN_OFFSET = PACKED ? 4 : 8;

  private static final FunctionDescriptor WAIT =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL_WAIT = Downcalls.blocking("epoll_wait", WAIT);
  private static final MethodHandle EPOLL_WAIT_NOW = Downcalls.critical("epoll_wait", WAIT);
  private static final MethodHandle EPOLL_PWAIT2 =
      Downcalls.blocking(
          "syscall",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private final Fd epoll;
  private final Fd wakeup;
  private final WakeupWriter wakeupWriter;
  private final int capacity;
  private final MemorySegment events;
  private final MemorySegment timespec;
  private final MemorySegment state;
  private boolean nanoseconds = true;

  private Epoll(Fd epoll, Fd wakeup, int capacity) {
    this.epoll = epoll;
    this.wakeup = wakeup;
    this.wakeupWriter = new WakeupWriter(wakeup.number());
    this.capacity = capacity;
    Arena arena = Arena.ofAuto();
    this.events = arena.allocate((long) capacity * EVENT_BYTES, 8);
    this.timespec = arena.allocate(16, 8);
    this.state = arena.allocate(Downcalls.STATE_BYTES, 8);
  }

  /**
   * Makes an instance that watches nothing.
   *
   * @param capacity how many descriptors one {@link #await} reports at most, 1 .. 4096
   * @return the instance
   * @throws NativeException where the process has no descriptors left
   */
  public static Epoll open(int capacity) throws NativeException {
    if (capacity < 1 || capacity > 4096) {
      throw new IllegalArgumentException("capacity " + capacity + " (1..4096)");
    }
    Fd epoll = Fd.of(Libc.check(Libc.C.epoll_create1(Fd.O_CLOEXEC), "epoll_create1", "epoll"));
    try {
      int flags = Fd.O_CLOEXEC | Fd.O_NONBLOCK;
      Fd wakeup = Fd.of(Libc.check(Libc.C.eventfd(0, flags), "eventfd", "epoll"));
      Epoll made = new Epoll(epoll, wakeup, capacity);
      // Edge-triggered, so that each write wakes once and nobody has to read.
      made.control(wakeup.number(), EPOLLIN | EPOLLET, WAKEUP_TOKEN);
      return made;
    } catch (NativeException e) {
      epoll.close();
      throw e;
    }
  }

  /**
   * Watches a descriptor for {@link #EPOLLIN}.
   *
   * @param fd the descriptor
   * @param token what to report it as, 0 or more
   * @throws NativeException where it is watched already or is not of a kind to be watched
   */
  public void add(int fd, int token) throws NativeException {
    if (token < 0) {
      throw new IllegalArgumentException("token " + token);
    }
    control(fd, EPOLLIN, token);
  }

  private void control(int fd, int wanted, int token) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16, 8);
      event.set(JAVA_INT, 0, wanted);
      event.set(JAVA_INT_UNALIGNED, TOKEN_OFFSET, token);
      int result = Libc.C.epoll_ctl(epoll.number(), EPOLL_CTL_ADD, fd, Libc.pointer(event));
      Libc.check(result, "epoll_ctl", "fd " + fd);
    }
  }

  /**
   * Watches a descriptor no longer.
   *
   * @param fd the descriptor; one that is not watched is no error
   */
  public void remove(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(16, 8); // kernels before 2.6.9 wanted one
      Libc.C.epoll_ctl(epoll.number(), EPOLL_CTL_DEL, fd, Libc.pointer(event));
    }
  }

  /**
   * Waits for watched descriptors, a wake-up, a signal or the time.
   *
   * @param timeoutNs nanoseconds at most; 0 = do not wait; negative = without end. Where the kernel
   *     is older than 5.11 it is rounded up to milliseconds
   * @return how many descriptors there are to be had by {@link #token}; may be 0
   */
  public int await(long timeoutNs) {
    int n = epollWait(timeoutNs);
    if (n < 0) {
      if (n == -Errno.EINTR) {
        return 0;
      }
      throw new IllegalStateException("epoll_wait: " + Errno.name(-n));
    }
    return dropWakeup(n);
  }

  private int epollWait(long timeoutNs) {
    try {
      int n;
      if (timeoutNs == 0) {
        n = (int) EPOLL_WAIT_NOW.invokeExact(state, epoll.number(), events.address(), capacity, 0);
      } else if (nanoseconds) {
        n = waitNanoseconds(timeoutNs);
      } else {
        int ms = timeoutMs(timeoutNs);
        n = (int) EPOLL_WAIT.invokeExact(state, epoll.number(), events.address(), capacity, ms);
      }
      return n >= 0 ? n : -Downcalls.errno(state);
    } catch (Throwable e) {
      throw Downcalls.unexpected(e);
    }
  }

  private int waitNanoseconds(long timeoutNs) throws Throwable {
    long limit = 0; // none
    if (timeoutNs > 0) {
      timespec.set(JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
      timespec.set(JAVA_LONG, 8, timeoutNs % 1_000_000_000L);
      limit = timespec.address();
    }
    int fd = epoll.number();
    long at = events.address();
    int n =
        (int)
            (long)
                EPOLL_PWAIT2.invokeExact(state, NR_EPOLL_PWAIT2, fd, at, capacity, limit, 0L, 0L);
    if (n < 0 && isRefused(Downcalls.errno(state))) {
      nanoseconds = false;
      int ms = timeoutMs(timeoutNs);
      return (int) EPOLL_WAIT.invokeExact(state, fd, at, capacity, ms);
    }
    return n;
  }

  /** An old kernel says ENOSYS, a seccomp filter that does not know the call says EPERM. */
  private static boolean isRefused(int errno) {
    return errno == Errno.ENOSYS || errno == Errno.EPERM;
  }

  private static int timeoutMs(long timeoutNs) {
    return timeoutNs < 0
        ? -1
        : (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(timeoutNs, 1_000_000L));
  }

  private int dropWakeup(int n) {
    for (int i = 0; i < n; i++) {
      if (token(i) == WAKEUP_TOKEN) {
        int last = n - 1;
        MemorySegment.copy(events, offset(last), events, offset(i), EVENT_BYTES);
        return last;
      }
    }
    return n;
  }

  /**
   * Which descriptor is ready.
   *
   * @param i from 0, below what {@link #await} said
   * @return its token
   */
  public int token(int i) {
    return events.get(JAVA_INT_UNALIGNED, offset(i) + TOKEN_OFFSET);
  }

  /**
   * What is ready about it.
   *
   * @param i from 0, below what {@link #await} said
   * @return bits such as {@link #EPOLLIN}
   */
  public int events(int i) {
    return events.get(JAVA_INT_UNALIGNED, offset(i));
  }

  private static long offset(int i) {
    return (long) i * EVENT_BYTES;
  }

  /** Ends an {@link #await} that waits, or else the next one. Any thread; a few hundred ns. */
  public void wakeup() {
    wakeupWriter.write();
  }

  /** Closes it; again is no error. Nobody may wait or wake any more. */
  @Override
  public void close() {
    wakeup.close();
    epoll.close();
  }
}
