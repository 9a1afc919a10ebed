package io.dataplane.device;

import io.dataplane.base.Clock;
import io.dataplane.memory.FrameSlab;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device whose far end is another device of the same stack, or the device itself. */
final class MemoryRig extends DeviceRig {

  private final NetDevice device;
  private final @Nullable NetDevice far;
  private final int ringFrames;
  private final List<byte[]> farReceived = new ArrayList<>();

  private MemoryRig(NetDevice device, @Nullable NetDevice far, int ringFrames, Clock clock) {
    super(new Dataplane(DataplaneConfig.defaults().withMemory(4096, 64).withClock(clock, 42)));
    this.device = device;
    this.far = far;
    this.ringFrames = ringFrames;
    dataplane().add(device);
    device.setRxHandler(this::collect);
    if (far != null) {
      dataplane().add(far);
      far.setRxHandler(skb -> {
        skb.push(14);
        farReceived.add(TestFrames.read(skb));
        skb.consume();
        return true;
      });
    }
  }

  /** A device that hands back what it is given. */
  static MemoryRig loopback(NetDevice device, int ringFrames) {
    return new MemoryRig(device, null, ringFrames, Clock.system());
  }

  /** A device and the one that it is wired to. */
  static MemoryRig cable(NetDevice device, NetDevice far, int ringFrames, Clock clock) {
    return new MemoryRig(device, far, ringFrames, clock);
  }

  @Override
  public NetDevice device() {
    return device;
  }

  @Override
  public void openFarEnd() throws DeviceException {
    if (far != null) {
      dataplane().open(far);
    }
  }

  @Override
  public boolean farSend(byte[] bytes) {
    if (far == null) {
      return sendFrame(bytes);
    }
    int frame = TestFrames.of(cpu(), bytes);
    if (frame == FrameSlab.NONE) {
      return false;
    }
    if (!far.xdpXmit(frame, 0)) {
      cpu().frames().putChain(frame);
      return false;
    }
    return true;
  }

  @Override
  public List<byte[]> farReceived() {
    return far == null ? received() : farReceived;
  }

  @Override
  public int rxRingFrames() {
    return ringFrames;
  }

  @Override
  public int txRingFrames() {
    return ringFrames;
  }
}
