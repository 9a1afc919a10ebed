package io.dataplane.drivers.nativeio;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.lang.foreign.MemorySegment;

/**
 * Memory shared with the kernel by mmap(2), such as the rings of io_uring and of packet sockets.
 */
public final class MappedMemory implements AutoCloseable {

  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_POPULATE = 0x8000;
  private static final long MAP_FAILED = -1;

  private final long address;
  private final long bytes;
  private boolean closed;

  private MappedMemory(long address, long bytes) {
    this.address = address;
    this.bytes = bytes;
  }

  /**
   * Maps a descriptor's memory for reading and writing, with its pages present.
   *
   * @param fd the descriptor
   * @param offset what to map, by the descriptor's own rules
   * @param bytes how much
   * @param subject what it is, in errors
   * @return the mapping
   * @throws NativeException where that fails
   */
  public static MappedMemory map(int fd, long offset, long bytes, String subject)
      throws NativeException {
    Pointer at =
        Libc.C.mmap(
            Pointer.NULL,
            new NativeLong(bytes),
            PROT_READ_WRITE,
            MAP_SHARED | MAP_POPULATE,
            fd,
            new NativeLong(offset));
    long address = Pointer.nativeValue(at);
    if (address == MAP_FAILED) {
      throw new NativeException(Native.getLastError(), "mmap", subject);
    }
    return new MappedMemory(address, bytes);
  }

  /**
   * The memory. It is not guarded: nobody may touch it after {@link #close}.
   *
   * @return a segment of all of it
   */
  @SuppressWarnings("restricted")
  public MemorySegment segment() {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** Unmaps it; again is no error. Control plane. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Libc.C.munmap(new Pointer(address), new NativeLong(bytes));
    }
  }
}
