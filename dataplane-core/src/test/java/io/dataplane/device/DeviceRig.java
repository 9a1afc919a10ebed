package io.dataplane.device;

import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.runtime.Dataplane;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;

/**
 * A device under test in a stack that the test drives, and the far end of its wire. A driver's
 * module extends it with a far end on the host.
 */
public abstract class DeviceRig implements AutoCloseable {

  private final Dataplane dataplane;
  private final List<byte[]> received = new ArrayList<>();

  /** Makes a rig; the stack has one worker and is not started. */
  protected DeviceRig(Dataplane dataplane) {
    this.dataplane = dataplane;
  }

  /** The device under test, of the stack, closed at first, with {@link #collect} as handler. */
  public abstract NetDevice device();

  /** Opens whatever else is needed for frames to go both ways. */
  public void openFarEnd() throws DeviceException {}

  /** Has the far end send a frame towards the device; false where it cannot take one now. */
  public abstract boolean farSend(byte[] frame);

  /** The frames that have reached the far end, in order. */
  public abstract List<byte[]> farReceived();

  /** Frames from the far end that wait in this process while nobody polls; 0 = in the host. */
  public int rxRingFrames() {
    return 0;
  }

  /** Frames that may be sent to a far end that takes none; 0 = the host decides. */
  public int txRingFrames() {
    return 0;
  }

  /** Runs until nothing is left to do; a device of the host waits for the host too. */
  public void settle() {
    while (dataplane.runOnce() > 0) {
      // the next round
    }
  }

  /** The handler that keeps what the stack received, in {@link #received}. */
  protected final boolean collect(SkBuff skb) {
    skb.push(14);
    received.add(TestFrames.read(skb));
    skb.consume();
    return true;
  }

  /** The frames that the stack received from the device, in order. */
  public final List<byte[]> received() {
    return received;
  }

  /** The stack. */
  public final Dataplane dataplane() {
    return dataplane;
  }

  /** The worker. */
  public final Cpu cpu() {
    return dataplane.workers().get(0).cpu();
  }

  /** Sends a frame by index, as XDP does; false where the device refused it. */
  public final boolean sendFrame(byte[] bytes) {
    int frame = TestFrames.of(cpu(), bytes);
    if (frame == FrameSlab.NONE) {
      return false;
    }
    if (!device().xdpXmit(frame, 0)) {
      cpu().frames().putChain(frame);
      return false;
    }
    return true;
  }

  /** Sends a packet, as the stack does. */
  public final void sendPacket(byte[] bytes) {
    SkBuff skb = cpu().skbs().adopt(TestFrames.of(cpu(), bytes), device());
    if (skb == null) {
      throw new AssertionError("no SkBuff");
    }
    DeviceXmit.queueXmit(skb, device());
  }

  /** Closes the stack; every frame must be back. */
  @Override
  public void close() {
    settle();
    dataplane.devices().forEach(slot -> dataplane.close(slot.dev()));
    dataplane.memory().leaks().requireNoneInUse();
    dataplane.close();
  }
}
