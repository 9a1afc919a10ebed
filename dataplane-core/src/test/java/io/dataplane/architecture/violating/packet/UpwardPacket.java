package io.dataplane.architecture.violating.packet;

import io.dataplane.architecture.violating.device.SleepyDevice;

/** Breaks the rules on purpose, to show that they can fail. */
public final class UpwardPacket {

  private UpwardPacket() {}

  /** Reaches upwards. */
  public static long stamp() {
    return SleepyDevice.now();
  }
}
