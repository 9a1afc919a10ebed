package io.dataplane.architecture.violating.device;

/** Breaks the rules on purpose, to show that they can fail. */
public final class SleepyDevice {

  private SleepyDevice() {}

  /** Uses the machine's clock. */
  public static long now() {
    return System.nanoTime();
  }
}
