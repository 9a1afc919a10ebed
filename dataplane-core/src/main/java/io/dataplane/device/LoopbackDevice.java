package io.dataplane.device;

/** A device that hands back what it is given ({@code drivers/net/loopback.c}). */
public final class LoopbackDevice extends MemoryDevice {

  private static final int RING_FRAMES = 1024;

  /**
   * Makes a loopback device.
   *
   * @param name usually {@code lo}
   */
  public LoopbackDevice(String name) {
    super(name, 0x0200_0000_0001L, MTU_MAX, RING_FRAMES);
  }

  @Override
  MemoryDevice peer() {
    return this;
  }

  @Override
  public String driver() {
    return "loopback";
  }
}
