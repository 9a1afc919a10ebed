package io.dataplane.runtime;

import io.dataplane.base.MacAddress;
import io.dataplane.base.VirtualClock;
import io.dataplane.device.DeviceException;
import io.dataplane.device.VethDevice;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * N hosts on one bridge, all in memory, under virtual time. Each host is the far end of a cable, on
 * which no NAPI runs: the test plays it, by {@link #send} and {@link #hosts}.
 */
final class BridgedHosts implements AutoCloseable {

  final VirtualClock clock = new VirtualClock();
  final Dataplane dataplane;
  final Bridge bridge;
  final List<VethDevice.Pair> cables = new ArrayList<>();
  final HostEnd[] hosts;

  BridgedHosts(int hostCount, int fdbEntriesMax) throws DeviceException {
    dataplane = new Dataplane(DataplaneConfig.defaults().withMemory(4096, 64).withClock(clock, 42));
    bridge = dataplane.addBridge("br0", fdbEntriesMax, 300_000);
    hosts = new HostEnd[hostCount];
    for (int i = 0; i < hostCount; i++) {
      VethDevice.Pair cable =
          VethDevice.pair("h" + i, mac(100 + i), "p" + i, mac(200 + i), 1500, 1024);
      dataplane.add(cable.a());
      dataplane.add(cable.b());
      bridge.addPort(cable.b());
      cables.add(cable);
      hosts[i] = new HostEnd();
      cable.a().setRxHandler(hosts[i]);
      dataplane.open(cable.a());
      dataplane.open(cable.b());
    }
  }

  static long mac(int i) {
    return MacAddress.locallyAdministered(i);
  }

  Cpu cpu() {
    return dataplane.workers().get(0).cpu();
  }

  /** Sends a frame from a host; false where no frame was free or the ring full. */
  boolean send(int host, long destination, long source, int length) {
    int frame = cpu().frames().alloc();
    if (frame == FrameSlab.NONE) {
      return false;
    }
    FrameTable table = dataplane.memory().slab().table();
    table.reset(frame, FrameSlab.HEADROOM, length);
    MemorySegment m = dataplane.memory().slab().data();
    long at = FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM;
    for (int i = 0; i < 6; i++) {
      m.set(ValueLayout.JAVA_BYTE, at + i, (byte) (destination >>> (40 - 8 * i)));
      m.set(ValueLayout.JAVA_BYTE, at + 6 + i, (byte) (source >>> (40 - 8 * i)));
    }
    m.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 12, (short) 0xb588);
    for (int i = 14; i < length; i++) {
      m.set(ValueLayout.JAVA_BYTE, at + i, (byte) i);
    }
    boolean sent = cables.get(host).a().xdpXmit(frame, 0);
    if (!sent) {
      cpu().frames().putChain(frame);
    }
    return sent;
  }

  /** Runs until nothing is left to do. */
  void settle() {
    while (dataplane.runOnce() > 0) {
      clock.advance(1000);
    }
  }

  /** Closes the stack; every frame must be back. */
  @Override
  public void close() {
    settle();
    for (VethDevice.Pair cable : cables) {
      dataplane.close(cable.a());
      dataplane.close(cable.b());
    }
    dataplane.memory().leaks().requireNoneInUse();
    dataplane.close();
  }
}
