package io.dataplane.drivers.nativeio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * io_uring as a way to hand the kernel many reads and writes by one system call ({@code
 * io_uring/rw.c}). Nothing waits in it: every operation carries RWF_NOWAIT, so that {@link #submit}
 * comes back with all completions in place, and a descriptor that has nothing to read answers
 * EAGAIN at once. That is why none of the flags for deferred work is set, and why the ring may be
 * closed by another thread than the one that used it.
 *
 * <p>Descriptors are registered, which spares the kernel two atomic operations per operation that a
 * process of several threads pays else.
 *
 * <p>Use: prepare, submit, look at the completions, {@link #advance}. One thread at a time.
 */
public final class IoUring implements AutoCloseable {

  /** Completion of an operation on a descriptor whose kernel driver does not know RWF_NOWAIT. */
  public static final int UNSUPPORTED = -Errno.EOPNOTSUPP;

  private static final long OP_READV = 1;
  private static final long OP_WRITEV = 2;
  private static final long OP_READ = 22;
  private static final long OP_WRITE = 23;
  private static final long IOSQE_FIXED_FILE = 1;
  private static final long RWF_NOWAIT = 8;
  private static final int SQE_BYTES = 64;
  private static final int CQE_BYTES = 16;
  private static final VarHandle INT = JAVA_INT.varHandle();

  private final Fd fd;
  private final IoUringSetup setup;
  private final HotCalls calls;
  private final int ringFd;
  private final int sqMask;
  private final int sqEntries;
  private final int cqMask;
  private final long sqTailOffset;
  private final long cqHeadOffset;
  private final long cqTailOffset;
  private final long sqes;
  private final long cqes;
  // Empty after close, so that a late call fails instead of touching memory that is gone.
  private MemorySegment rings;
  private int sqTail;
  private int cqHead;
  private int pending;

  private IoUring(IoUringSetup setup) {
    this.setup = setup;
    this.fd = setup.fd();
    this.ringFd = setup.fd().number();
    this.rings = setup.rings().segment();
    this.cqes = rings.address() + setup.cqesOffset();
    this.sqes = setup.sqes().segment().address();
    this.sqEntries = setup.sqEntries();
    this.sqMask = setup.sqEntries() - 1;
    this.cqMask = setup.cqEntries() - 1;
    this.sqTailOffset = setup.sqTailOffset();
    this.cqHeadOffset = setup.cqHeadOffset();
    this.cqTailOffset = setup.cqTailOffset();
    this.calls = new HotCalls();
  }

  /**
   * Makes a ring. Any thread.
   *
   * @param entries operations prepared at a time, 1 .. 4096, rounded up to a power of two; there is
   *     room for twice as many completions
   * @param files descriptors that operations name by their index, at least one
   * @return the ring
   * @throws NativeException where there is no io_uring to be had: an old kernel (ENOSYS), {@code
   *     kernel.io_uring_disabled} or a seccomp filter (EPERM), RLIMIT_MEMLOCK on kernels before
   *     5.12 (ENOMEM), no READ operation before 5.6 (EOPNOTSUPP)
   */
  public static IoUring open(int entries, int... files) throws NativeException {
    if (entries < 1 || entries > 4096 || files.length == 0) {
      throw new IllegalArgumentException(
          entries + " entries (1..4096) for " + files.length + " descriptors (1..)");
    }
    return new IoUring(IoUringSetup.open(entries, files));
  }

  /**
   * Prepares a read into one buffer.
   *
   * @param file index of the descriptor
   * @param address where the bytes go
   * @param lengthBytes at most this many
   * @param userData what the completion says
   * @return false where the ring is full
   */
  public boolean prepareRead(int file, long address, int lengthBytes, long userData) {
    return prepare(OP_READ, file, address, lengthBytes, userData);
  }

  /**
   * Prepares a read into several buffers.
   *
   * @param file index of the descriptor
   * @param vectors address of {@code count} times struct iovec, which has to stay until submitted
   * @param count 1 .. 1024
   * @param userData what the completion says
   * @return false where the ring is full
   */
  public boolean prepareReadv(int file, long vectors, int count, long userData) {
    return prepare(OP_READV, file, vectors, count, userData);
  }

  /**
   * Prepares a write from one buffer.
   *
   * @param file index of the descriptor
   * @param address where the bytes are
   * @param lengthBytes how many
   * @param userData what the completion says
   * @return false where the ring is full
   */
  public boolean prepareWrite(int file, long address, int lengthBytes, long userData) {
    return prepare(OP_WRITE, file, address, lengthBytes, userData);
  }

  /**
   * Prepares a write from several buffers.
   *
   * @param file index of the descriptor
   * @param vectors address of {@code count} times struct iovec, which has to stay until submitted
   * @param count 1 .. 1024
   * @param userData what the completion says
   * @return false where the ring is full
   */
  public boolean prepareWritev(int file, long vectors, int count, long userData) {
    return prepare(OP_WRITEV, file, vectors, count, userData);
  }

  private boolean prepare(long opcode, int file, long address, int length, long userData) {
    if (pending == sqEntries || rings.byteSize() == 0) {
      return false;
    }
    long at = sqes + (long) (sqTail & sqMask) * SQE_BYTES;
    // struct io_uring_sqe: opcode, flags, ioprio, fd | off | addr | len, rw_flags | user_data.
    // Its last 24 bytes are always zero here.
    RawMemory.putLong(at, opcode | IOSQE_FIXED_FILE << 8 | (long) file << 32);
    RawMemory.putLong(at + 16, address);
    RawMemory.putLong(at + 24, length | RWF_NOWAIT << 32);
    RawMemory.putLong(at + 32, userData);
    sqTail++;
    pending++;
    return true;
  }

  /**
   * Operations prepared and not yet submitted.
   *
   * @return 0 up to the number of entries
   */
  public int pending() {
    return pending;
  }

  /**
   * Operations that may be prepared before a submit is due.
   *
   * @return 0 up to the number of entries
   */
  public int space() {
    return sqEntries - pending;
  }

  /**
   * Has the kernel carry out what was prepared. Its completions are there on return. What it did
   * not take stays pending and goes with the next call.
   *
   * @return operations carried out, or a negated errno where the first could not be
   */
  public int submit() {
    INT.setRelease(rings, sqTailOffset, sqTail);
    int n = calls.ioUringSubmit(ringFd, pending);
    if (n > 0) {
      pending -= n;
    }
    return n;
  }

  /**
   * Completions to be looked at.
   *
   * @return count
   */
  public int completions() {
    return (int) INT.getAcquire(rings, cqTailOffset) - cqHead;
  }

  /**
   * Which operation has completed.
   *
   * @param i from 0, below {@link #completions}, in the order of completion
   * @return its user data
   */
  public long userData(int i) {
    return RawMemory.getLong(cqe(i));
  }

  /**
   * What an operation answered.
   *
   * @param i from 0, below {@link #completions}, in the order of completion
   * @return bytes, or a negated errno; {@link #UNSUPPORTED} says that this descriptor is not for
   *     io_uring
   */
  public int result(int i) {
    return RawMemory.getInt(cqe(i) + 8);
  }

  private long cqe(int i) {
    return cqes + (long) ((cqHead + i) & cqMask) * CQE_BYTES;
  }

  /**
   * Gives looked-at completions back.
   *
   * @param count at most {@link #completions}
   */
  public void advance(int count) {
    cqHead += count;
    INT.setRelease(rings, cqHeadOffset, cqHead);
  }

  /**
   * Lets go of the descriptors and unmaps the ring; again is no error. Control plane; nobody uses
   * the ring any more. The descriptors are released before this returns, so that closing them too
   * removes their device.
   */
  @Override
  public void close() {
    if (!fd.isClosed()) {
      rings = MemorySegment.NULL;
      setup.close();
    }
  }
}
