package io.dataplane.drivers.nativeio;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Handles of libc functions by {@code java.lang.foreign}. Those that never wait are linked as
 * critical: the thread stays in the Java state, which saves two transitions, and a safepoint waits
 * for the call, which therefore must be short. Those that may wait are ordinary.
 *
 * <p>Every handle captures errno, because a safepoint or a signal between the call and a later look
 * at it could change it. The capture costs nothing that could be measured beside a system call.
 */
final class Downcalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = errnoHandle();

  /** Bytes of memory that a call needs to capture errno. */
  static final long STATE_BYTES = STATE_LAYOUT.byteSize();

  private Downcalls() {}

  /** A function that never waits. */
  static MethodHandle critical(String name, FunctionDescriptor type, Linker.Option... more) {
    return link(name, type, append(more, Linker.Option.critical(false)));
  }

  /** A function that may wait. */
  static MethodHandle blocking(String name, FunctionDescriptor type, Linker.Option... more) {
    return link(name, type, more);
  }

  /** The captured errno. */
  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** What cannot happen: the handles throw nothing. */
  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a native call threw", e);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... more) {
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
    return LINKER.downcallHandle(
        address, type, append(more, Linker.Option.captureCallState("errno")));
  }

  private static Linker.Option[] append(Linker.Option[] options, Linker.Option one) {
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = one;
    return all;
  }

  private static VarHandle errnoHandle() {
    return STATE_LAYOUT.varHandle(PathElement.groupElement("errno"));
  }
}
