package io.dataplane.daemon.run;

import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.device.VethDevice;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.EventPoller;
import io.dataplane.runtime.ParkingPoller;
import io.dataplane.runtime.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for drivers: each device is one end of a cable whose other end, the host, is in the
 * test's hands.
 */
public final class MemoryHosts implements DeviceFactory {

  private final Map<String, VethDevice> hosts = new LinkedHashMap<>();
  private final AtomicLong delivered = new AtomicLong();
  private int made;

  @Override
  public EventPoller newPoller() {
    return new ParkingPoller();
  }

  @Override
  public NetDevice newDevice(DeviceConfig config, Dataplane dataplane) throws DeviceException {
    long mac = config.mac().orElse(0x0200_0000_0100L + made++);
    VethDevice.Pair cable =
        VethDevice.pair(
            config.name(), mac, config.name() + "-host", mac + 0x1000, config.mtu(), 1024);
    hosts.put(config.name(), cable.b());
    dataplane.add(cable.b());
    return cable.a();
  }

  /** Opens the hosts' ends, once the daemon is up. */
  void openAll(Dataplane dataplane) throws DeviceException {
    for (VethDevice host : hosts.values()) {
      host.setRxHandler(skb -> {
        skb.consume();
        delivered.incrementAndGet();
        return true;
      });
      dataplane.open(host);
    }
  }

  /** Sends a frame into the cable of a device, and returns when it is on its way. */
  public void send(Dataplane dataplane, String device, long destination, long source, int length) {
    VethDevice host = Objects.requireNonNull(hosts.get(device));
    Worker worker = dataplane.workers().getFirst();
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    boolean accepted =
        worker.execute(
            () -> sent.complete(host.xdpXmit(frame(worker.cpu(), destination, source, length), 0)));
    if (!accepted || !sent.join()) {
      throw new AssertionError("the frame was not taken");
    }
  }

  /** Frames that came out of any cable at its host's end. */
  long delivered() {
    return delivered.get();
  }

  private static int frame(Cpu cpu, long destination, long source, int length) {
    FrameSlab slab = cpu.memory().slab();
    FrameTable table = slab.table();
    int frame = cpu.frames().alloc();
    table.reset(frame, FrameSlab.HEADROOM, length);
    MemorySegment data = slab.data();
    long at = FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM;
    for (int i = 0; i < 6; i++) {
      data.set(ValueLayout.JAVA_BYTE, at + i, (byte) (destination >>> (40 - 8 * i)));
      data.set(ValueLayout.JAVA_BYTE, at + 6 + i, (byte) (source >>> (40 - 8 * i)));
    }
    data.set(
        ValueLayout.JAVA_SHORT_UNALIGNED, at + 12, (short) 0xb588); // 0x88b5, a local experiment's
    return frame;
  }
}
