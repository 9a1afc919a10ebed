package io.dataplane.drivers.nativeio;

/**
 * Error numbers of Linux ({@code include/uapi/asm-generic/errno.h}), which x86-64 and AArch64
 * share. Hot calls answer with them negated.
 */
public final class Errno {

  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file, directory or device. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** Input or output error; a write to a TAP device that is down. */
  public static final int EIO = 5;

  /** Bad file descriptor. */
  public static final int EBADF = 9;

  /** Nothing there now; try again. */
  public static final int EAGAIN = 11;

  /** Out of memory, or above RLIMIT_MEMLOCK. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Bad address. */
  public static final int EFAULT = 14;

  /** In use by someone else. */
  public static final int EBUSY = 16;

  /** Exists already. */
  public static final int EEXIST = 17;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** The kernel has no such system call. */
  public static final int ENOSYS = 38;

  /** The descriptor's device is gone: a TAP device was deleted. */
  public static final int EBADFD = 77;

  /** Not supported on this descriptor. */
  public static final int EOPNOTSUPP = 95;

  /** The link is down. */
  public static final int ENETDOWN = 100;

  /** A buffer of the kernel is full; netlink: messages were lost. */
  public static final int ENOBUFS = 105;

  private static final String[] NAMES =
      """
          OK EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN
          ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR
          EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK
          EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP -
          ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT
          EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME
          ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP
          EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD
          ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK
          EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT
          ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE
          EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET
          ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED
          EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM
          ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY
          EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL
          EHWPOISON
      """
          .strip()
          .split("\\s+");

  private Errno() {}

  /**
   * The symbol of an error number.
   *
   * @param errno positive
   * @return such as {@code EAGAIN}; {@code errno 4711} where it has none
   */
  public static String name(int errno) {
    if (errno < 0 || errno >= NAMES.length || "-".equals(NAMES[errno])) {
      return "errno " + errno;
    }
    return NAMES[errno];
  }

  /**
   * What the C library says about an error number.
   *
   * @param errno positive
   * @return one clause
   */
  public static String describe(int errno) {
    return Libc.C.strerror(errno);
  }
}
