package io.dataplane.base;

/**
 * Whether misuse of the packet path fails loudly. With {@code -Ddataplane.checks=true} (as every
 * test runs) a violated rule throws where it is violated; without, the operation is refused,
 * counted and the packet dropped, because a daemon must outlive one bad packet.
 */
public final class Checks {

  /** True where a violated rule throws. A constant, so that the JIT removes what it guards. */
  public static final boolean STRICT = Boolean.getBoolean("dataplane.checks");

  /** True where each frame remembers who allocated it, for leak reports. Slow. */
  public static final boolean TRACK_ALLOCATIONS = Boolean.getBoolean("dataplane.leaks");

  private Checks() {}
}
