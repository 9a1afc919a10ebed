package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Plain stores and loads at an address, for the tables that a driver shares with the kernel:
 * iovecs, submission and completion entries. Nothing is checked here. Whoever calls owns the
 * memory, keeps it alive, and derives the address from an index that is within the table by
 * construction; never for the bytes of packets, which are read and written through the slab's
 * segment.
 *
 * <p>One segment over all addresses, known to the JIT as a constant, makes an access one
 * instruction; through a segment of its own, each costs a dozen for bounds, alignment and session.
 */
public final class RawMemory {

  @SuppressWarnings("restricted") // see above
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private RawMemory() {}

  /**
   * Stores a long.
   *
   * @param address where
   * @param value what
   */
  public static void putLong(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  /**
   * Stores an int.
   *
   * @param address where
   * @param value what
   */
  public static void putInt(long address, int value) {
    ALL.set(JAVA_INT_UNALIGNED, address, value);
  }

  /**
   * Loads a long.
   *
   * @param address where
   * @return what is there
   */
  public static long getLong(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  /**
   * Loads an int.
   *
   * @param address where
   * @return what is there
   */
  public static int getInt(long address) {
    return ALL.get(JAVA_INT_UNALIGNED, address);
  }
}
