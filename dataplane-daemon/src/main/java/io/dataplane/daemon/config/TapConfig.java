package io.dataplane.daemon.config;

import org.jspecify.annotations.Nullable;

/**
 * What only a TAP has.
 *
 * @param persistent whether the interface stays when the daemon ends
 * @param owner user name or id that may attach to the interface; null for nobody but the creator
 * @param group group name or id that may attach to the interface; null for none
 * @param io how frames cross into the kernel
 */
public record TapConfig(boolean persistent, @Nullable String owner, @Nullable String group, Io io) {

  /** How frames cross into the kernel. */
  public enum Io {
    /** The fastest that this kernel allows. */
    AUTO,
    /** io_uring, or refuse to start. */
    URING,
    /** read(2) and write(2). */
    SYSCALL
  }

  /** What holds when the file does not say. */
  public static final TapConfig DEFAULT = new TapConfig(false, null, null, Io.AUTO);
}
