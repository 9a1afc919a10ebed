package io.dataplane.packet.offload;

import io.dataplane.packet.*;

public final class SkbValidate {
  private SkbValidate() {}

  public static @org.jspecify.annotations.Nullable SkBuff validateXmit(SkBuff b, long f) {
    return b;
  }
}
