package io.dataplane.drivers;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and the host do; the bound only ends a test that hangs. */
public final class Await {

  private static final long LIMIT_NS = 30_000_000_000L;

  private Await() {}

  /**
   * Waits until something holds.
   *
   * @param what holds then, for the message
   * @param condition looked at about a thousand times a second
   */
  public static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT_NS) {
        throw new AssertionError("waited in vain until " + what);
      }
      pauseMs(1);
    }
  }

  /**
   * Pauses.
   *
   * @param ms milliseconds
   */
  public static void pauseMs(long ms) {
    LockSupport.parkNanos(ms * 1_000_000);
  }
}
