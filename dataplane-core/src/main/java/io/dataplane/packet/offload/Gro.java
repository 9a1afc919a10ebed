package io.dataplane.packet.offload;

import io.dataplane.packet.*;

public final class Gro {
  private final SkbSink s;

  public Gro(Cpu cpu, SkbSink s) {
    this.s = s;
  }

  public void receive(SkBuff b) {
    s.accept(b);
  }

  public void flush() {}
}
