package io.dataplane.daemon.demo;

import io.dataplane.base.Clock;
import io.dataplane.daemon.config.DeviceConfig;
import io.dataplane.daemon.config.ListenAddress;
import io.dataplane.daemon.run.Daemon;
import io.dataplane.daemon.run.DaemonOptions;
import io.dataplane.daemon.run.DeviceFactory;
import io.dataplane.device.DeviceException;
import io.dataplane.device.NetDevice;
import io.dataplane.device.VethDevice;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.EventPoller;
import io.dataplane.runtime.ParkingPoller;
import io.dataplane.runtime.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts in memory, each at the far end of a cable, the daemon at the near ends. Needs no rights
 * at all.
 */
final class MemoryNetwork implements DemoNetwork {

  static final Clock CLOCK = Clock.system();

  private static final int ADDRESS_A = 0x0a40_0001; // 10.64.0.1
  private static final long MAC_BASE = 0x0200_0000_0a00L;

  private final DemoSocket socket;
  private final Daemon daemon;
  private final MemoryHost hostA;
  private final MemoryHost hostB;

  private MemoryNetwork(DemoSocket socket, Daemon daemon, MemoryHost hostA, MemoryHost hostB) {
    this.socket = socket;
    this.daemon = daemon;
    this.hostA = hostA;
    this.hostB = hostB;
  }

  /** A device of the daemon is the near end of a cable; the far end waits for its host. */
  private static final class Cables implements DeviceFactory {
    private final List<VethDevice> farEnds = new ArrayList<>();

    @Override
    public EventPoller newPoller() {
      return new ParkingPoller();
    }

    @Override
    public NetDevice newDevice(DeviceConfig config, Dataplane dataplane) {
      int number = farEnds.size();
      VethDevice.Pair cable =
          VethDevice.pair(
              config.name(),
              MAC_BASE + 2L * number,
              "host-" + (number == 0 ? "a" : "b"),
              MAC_BASE + 2L * number + 1,
              config.mtu(),
              VethDevice.RING_FRAMES_DEFAULT);
      dataplane.add(cable.b());
      farEnds.add(cable.b());
      return cable.a();
    }
  }

  static MemoryNetwork start(String version) throws IOException, DeviceException {
    DemoSocket socket = DemoSocket.create();
    try {
      Cables cables = new Cables();
      Daemon daemon =
          Daemon.start(
              DemoConfig.of(socket.path(), new ListenAddress("127.0.0.1", 0)),
              new DaemonOptions(version, "the demonstration's own"),
              cables);
      Dataplane dataplane = daemon.dataplane();
      MemoryHost hostA = connect(dataplane, cables.farEnds.get(0), ADDRESS_A);
      MemoryHost hostB = connect(dataplane, cables.farEnds.get(1), ADDRESS_A + 1);
      return new MemoryNetwork(socket, daemon, hostA, hostB);
    } catch (IOException | DeviceException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static MemoryHost connect(Dataplane dataplane, VethDevice cable, int address)
      throws DeviceException {
    MemoryHost host = new MemoryHost(cable, dataplane.workers().getFirst(), address);
    cable.setRxHandler(host);
    dataplane.open(cable);
    return host;
  }

  @Override
  public String description() {
    return "two hosts in memory, a cable to each, and the daemon in between";
  }

  @Override
  public Dataplane dataplane() {
    return daemon.dataplane();
  }

  @Override
  public List<String> ports() {
    return List.of(DemoConfig.PORT_A, DemoConfig.PORT_B);
  }

  @Override
  public Traffic ping(int count) {
    Worker worker = hostA.worker();
    return MemoryTraffic.pings(
        count,
        hostA::roundTripsMicros,
        sequence -> worker.execute(() -> hostA.ping(hostB, sequence, CLOCK.nanoTime())));
  }

  @Override
  public Traffic send(Host from, long durationMs) {
    MemoryHost sender = from == Host.A ? hostA : hostB;
    MemoryHost receiver = from == Host.A ? hostB : hostA;
    return MemoryTraffic.bursts(durationMs, sender, receiver);
  }

  @Override
  public List<String> hints() {
    return List.of(
        "bin/dataplane status --socket " + socket.path(),
        "bin/dataplane bridge fdb --socket " + socket.path(),
        "curl -s " + daemon.metricsUrl().orElse(""));
  }

  @Override
  public void close() {
    daemon.close();
    socket.close();
  }
}
