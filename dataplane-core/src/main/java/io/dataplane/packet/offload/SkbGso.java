package io.dataplane.packet.offload;

import io.dataplane.packet.*;

public final class SkbGso {
  private SkbGso() {}

  public static int segmentLength(SkBuff b) {
    return b.gsoSize() + 54;
  }
}
