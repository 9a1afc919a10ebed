package io.dataplane.device;

import org.jspecify.annotations.Nullable;

/** One end of a virtual cable within the process ({@code drivers/net/veth.c}). */
public final class VethDevice extends MemoryDevice {

  /** Frames a queue holds unless told otherwise. */
  public static final int RING_FRAMES_DEFAULT = 1024;

  private @Nullable VethDevice peer;

  private VethDevice(String name, long mac, int mtu, int ringFrames) {
    super(name, mac, mtu, ringFrames);
  }

  /**
   * Makes a cable.
   *
   * @param a name of one end
   * @param macA its address
   * @param b name of the other end
   * @param macB its address
   * @param mtu of both, in bytes
   * @param ringFrames frames that each queue holds, 2 or more
   * @return the two ends; both are to be added to the same stack
   */
  public static Pair pair(String a, long macA, String b, long macB, int mtu, int ringFrames) {
    VethDevice first = new VethDevice(a, macA, mtu, ringFrames);
    VethDevice second = new VethDevice(b, macB, mtu, ringFrames);
    first.peer = second;
    second.peer = first;
    return new Pair(first, second);
  }

  /**
   * The ends of a cable.
   *
   * @param a one end
   * @param b the other
   */
  public record Pair(VethDevice a, VethDevice b) {}

  @Override
  MemoryDevice peer() {
    VethDevice p = peer;
    if (p == null) {
      throw new IllegalStateException("a veth end without its peer");
    }
    return p;
  }

  @Override
  public String driver() {
    return "veth";
  }

  @Override
  public String detail() {
    return "peer " + peer().name();
  }
}
