package io.dataplane.daemon.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another thread is about to do. Never for how fast it does it: the limit only ends
 * a hung test.
 */
public final class Eventually {

  private Eventually() {}

  /** Returns once the condition is true. */
  public static void holds(BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      if (tries == 3_000) {
        throw new AssertionError("this did not come true within half a minute");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
