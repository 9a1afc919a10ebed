package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes and unmakes the rings of an {@link IoUring} ({@code io_uring_setup(2)}, {@code
 * include/uapi/linux/io_uring.h}).
 */
record IoUringSetup(
    Fd fd,
    MappedMemory rings,
    MappedMemory sqes,
    int sqEntries,
    int cqEntries,
    long sqTailOffset,
    long cqHeadOffset,
    long cqTailOffset,
    long cqesOffset)
    implements AutoCloseable {

  private static final String SUBJECT = "io_uring";
  private static final long NR_SETUP = 425;
  private static final long NR_REGISTER = 427;
  private static final int REGISTER_FILES = 2;
  private static final int UNREGISTER_FILES = 3;
  private static final int REGISTER_PROBE = 8;
  private static final int FEAT_SINGLE_MMAP = 1;
  private static final int FEAT_NODROP = 2;
  private static final int OP_WRITE = 23; // the youngest operation that is used, Linux 5.6
  private static final long OFF_SQES = 0x1000_0000L;

  // struct io_uring_params: 40 bytes, then struct io_sqring_offsets and io_cqring_offsets.
  private static final int PARAMS_BYTES = 120;
  private static final int PARAMS_FEATURES = 20;
  private static final int PARAMS_SQ_OFF = 40;
  private static final int PARAMS_CQ_OFF = 80;
  private static final int SQE_BYTES = 64;
  private static final int CQE_BYTES = 16;

  static IoUringSetup open(int entries, int... files) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(PARAMS_BYTES, 8);
      Fd fd = Fd.of((int) call("io_uring_setup", NR_SETUP, (long) entries, Libc.pointer(params)));
      try {
        requireFeatures(params);
        requireOperations(fd, arena);
        register(fd, REGISTER_FILES, arena.allocateFrom(JAVA_INT, files), files.length);
        return map(fd, params);
      } catch (NativeException e) {
        fd.close();
        throw e;
      }
    }
  }

  private static void requireFeatures(MemorySegment params) throws NativeException {
    int wanted = FEAT_SINGLE_MMAP | FEAT_NODROP;
    if ((params.get(JAVA_INT, PARAMS_FEATURES) & wanted) != wanted) {
      throw new NativeException(Errno.EOPNOTSUPP, "io_uring_setup", SUBJECT);
    }
  }

  /** struct io_uring_probe: last_op at 0, then from 16 on 8 bytes an operation, flags at 2. */
  private static void requireOperations(Fd fd, Arena arena) throws NativeException {
    int operations = OP_WRITE + 1;
    MemorySegment probe = arena.allocate(16 + 8L * operations, 8);
    register(fd, REGISTER_PROBE, probe, operations);
    boolean supported =
        Byte.toUnsignedInt(probe.get(JAVA_BYTE, 0)) >= OP_WRITE
            && (probe.get(JAVA_BYTE, 16 + 8L * OP_WRITE + 2) & 1) != 0;
    if (!supported) {
      throw new NativeException(Errno.EOPNOTSUPP, "io_uring_register(PROBE)", SUBJECT);
    }
  }

  private static IoUringSetup map(Fd fd, MemorySegment params) throws NativeException {
    int sqEntries = params.get(JAVA_INT, 0);
    int cqEntries = params.get(JAVA_INT, 4);
    long sqArray = sqOffset(params, 24);
    long cqes = cqOffset(params, 20);
    long bytes = Math.max(sqArray + 4L * sqEntries, cqes + (long) CQE_BYTES * cqEntries);
    MappedMemory rings = MappedMemory.map(fd.number(), 0, bytes, SUBJECT);
    MappedMemory sqes;
    try {
      sqes = MappedMemory.map(fd.number(), OFF_SQES, (long) SQE_BYTES * sqEntries, SUBJECT);
    } catch (NativeException e) {
      rings.close();
      throw e;
    }
    MemorySegment memory = rings.segment();
    for (int i = 0; i < sqEntries; i++) {
      memory.set(JAVA_INT, sqArray + 4L * i, i); // slot i of the ring is entry i, for ever
    }
    return new IoUringSetup(
        fd,
        rings,
        sqes,
        sqEntries,
        cqEntries,
        sqOffset(params, 4),
        cqOffset(params, 0),
        cqOffset(params, 4),
        cqes);
  }

  private static long sqOffset(MemorySegment params, int field) {
    return params.get(JAVA_INT, PARAMS_SQ_OFF + field);
  }

  private static long cqOffset(MemorySegment params, int field) {
    return params.get(JAVA_INT, PARAMS_CQ_OFF + field);
  }

  private static void register(Fd fd, int opcode, MemorySegment argument, int count)
      throws NativeException {
    call(
        "io_uring_register",
        NR_REGISTER,
        (long) fd.number(),
        (long) opcode,
        Libc.pointer(argument),
        (long) count);
  }

  private static long call(String name, long number, Object... arguments) throws NativeException {
    long result = Libc.C.syscall(new NativeLong(number), arguments).longValue();
    if (result == -1) {
      throw new NativeException(Native.getLastError(), name, SUBJECT);
    }
    return result;
  }

  /**
   * Unregisters the descriptors first, because the kernel takes a closed ring apart some time
   * later, and would hold them until then.
   */
  @Override
  public void close() {
    try {
      register(fd, UNREGISTER_FILES, MemorySegment.NULL, 0);
    } catch (NativeException e) {
      // They go with the ring, only later.
    }
    rings.close();
    sqes.close();
    fd.close();
  }
}
