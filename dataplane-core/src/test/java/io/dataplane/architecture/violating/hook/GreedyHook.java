package io.dataplane.architecture.violating.hook;

import io.dataplane.architecture.violating.packet.UpwardPacket;
import java.lang.foreign.Linker;
import java.util.Random;

/** Breaks the rules on purpose, to show that they can fail. */
public final class GreedyHook {

  private GreedyHook() {}

  /** Uses packets, native code and unseeded randomness. */
  @SuppressWarnings("restricted")
  public static String everything() {
    return Linker.nativeLinker() + " " + new Random().nextInt() + UpwardPacket.stamp();
  }
}
