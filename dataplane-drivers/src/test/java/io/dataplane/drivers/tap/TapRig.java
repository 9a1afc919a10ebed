package io.dataplane.drivers.tap;

import io.dataplane.device.DeviceException;
import io.dataplane.device.DeviceRig;
import io.dataplane.device.NetDevice;
import io.dataplane.drivers.EpollPoller;
import io.dataplane.drivers.Namespace;
import io.dataplane.drivers.Needs;
import io.dataplane.drivers.RawFrames;
import io.dataplane.drivers.nativeio.HostCalls;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.drivers.nativeio.PacketSocket;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TAP device whose far end is a raw socket on the host's interface. The thread that makes it is
 * in a network namespace of its own until it closes it.
 */
final class TapRig extends DeviceRig {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int IDLE_ROUNDS = 3;

  private final String name;
  private final Namespace namespace;
  private final TapDevice device;
  private final List<byte[]> farReceived = new ArrayList<>();
  private @Nullable PacketSocket far;

  TapRig(TapIo io) throws NativeException {
    super(stack());
    long pid = ProcessHandle.current().pid();
    name = "dp" + Long.toString(pid, Character.MAX_RADIX) + "c" + NUMBER.incrementAndGet();
    namespace = Namespace.named(name);
    HostCalls.enterNetworkNamespace("/run/netns/" + namespace.name());
    device = new TapDevice(TapConfig.of(name, 0x0200_0000_0001L).withMtu(2000).withIo(io));
    dataplane().add(device);
    device.setRxHandler(this::collect);
  }

  private static Dataplane stack() {
    Needs.tap();
    return new Dataplane(DataplaneConfig.defaults().withPollers(EpollPoller::new));
  }

  @Override
  public NetDevice device() {
    return device;
  }

  /** The far end is there once the device is open. */
  @Override
  public void openFarEnd() throws DeviceException {
    if (device.isUp()) {
      return;
    }
    dataplane().open(device);
    closeFarEnd();
    try {
      far = PacketSocket.open(name);
    } catch (NativeException e) {
      throw new DeviceException(name, e);
    }
  }

  private void closeFarEnd() {
    if (far != null) {
      far.close();
      far = null;
    }
  }

  @Override
  public boolean farSend(byte[] frame) {
    return far != null && far.send(frame) == frame.length;
  }

  @Override
  public List<byte[]> farReceived() {
    if (far != null) {
      farReceived.addAll(far.receiveAll(RawFrames.TYPE_TEST));
    }
    return farReceived;
  }

  /** A round without work may be one that its time limit cut. */
  @Override
  public void settle() {
    for (int i = 0; i < IDLE_ROUNDS; i++) {
      super.settle();
    }
  }

  @Override
  public void close() {
    try {
      super.close();
      closeFarEnd();
      HostCalls.enterNetworkNamespace("/proc/self/ns/net"); // of the process's first thread
    } catch (NativeException e) {
      throw new AssertionError(e);
    } finally {
      namespace.close();
    }
  }
}
