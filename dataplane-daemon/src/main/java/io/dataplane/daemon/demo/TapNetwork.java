package io.dataplane.daemon.demo;

import io.dataplane.daemon.config.ListenAddress;
import io.dataplane.daemon.run.Daemon;
import io.dataplane.daemon.run.DaemonOptions;
import io.dataplane.daemon.run.TapDevices;
import io.dataplane.device.DeviceException;
import io.dataplane.runtime.Dataplane;
import java.io.IOException;
import java.util.List;

/**
 * Two hosts in network namespaces, the daemon in between over a TAP interface to each. The process
 * is in a network namespace of its own already, and root there.
 */
final class TapNetwork implements DemoNetwork {

  private static final int PORT = 5001;
  private static final String ADDRESS_A = "10.64.0.1";
  private static final String ADDRESS_B = "10.64.0.2";

  private final DemoSocket socket;
  private final Daemon daemon;
  private final HostProcess hostA;
  private final HostProcess hostB;
  private final boolean isRealRoot;

  private TapNetwork(
      DemoSocket socket, Daemon daemon, HostProcess hostA, HostProcess hostB, boolean isRealRoot) {
    this.socket = socket;
    this.daemon = daemon;
    this.hostA = hostA;
    this.hostB = hostB;
    this.isRealRoot = isRealRoot;
  }

  static TapNetwork start(String version, boolean isRealRoot) throws IOException, DeviceException {
    Commands.run("ip", "link", "set", "lo", "up");
    DemoSocket socket = DemoSocket.create();
    try {
      ListenAddress metrics = new ListenAddress("127.0.0.1", 9464);
      Daemon daemon =
          Daemon.start(
              DemoConfig.of(socket.path(), metrics),
              new DaemonOptions(version, "the demonstration's own"),
              new TapDevices());
      return startHosts(socket, daemon, isRealRoot);
    } catch (IOException | DeviceException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static TapNetwork startHosts(DemoSocket socket, Daemon daemon, boolean isRealRoot)
      throws IOException {
    HostProcess hostA = HostProcess.start("host A");
    HostProcess hostB = HostProcess.start("host B");
    TapNetwork network = new TapNetwork(socket, daemon, hostA, hostB, isRealRoot);
    try {
      connect(hostA, DemoConfig.PORT_A, ADDRESS_A);
      connect(hostB, DemoConfig.PORT_B, ADDRESS_B);
      return network;
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The daemon keeps the descriptor, the host gets the interface. */
  private static void connect(HostProcess host, String device, String address) throws IOException {
    host.order("ready"); // its namespace is there once it answers
    Commands.run("ip", "link", "set", device, "netns", Long.toString(host.pid()));
    host.order("up " + device + " " + address + "/24");
    host.order("listen " + PORT);
  }

  @Override
  public String description() {
    return "two network namespaces, a TAP interface to each, and the daemon in between";
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
  public Traffic ping(int count) throws IOException {
    hostA.tell("ping " + ADDRESS_B + " " + count + " " + DemoScript.PING_INTERVAL_MS);
    return new HostTraffic(hostA);
  }

  @Override
  public Traffic send(Host from, long durationMs) throws IOException {
    HostProcess sender = from == Host.A ? hostA : hostB;
    HostProcess receiver = from == Host.A ? hostB : hostA;
    sender.tell("send " + (from == Host.A ? ADDRESS_B : ADDRESS_A) + " " + PORT + " " + durationMs);
    return new SendTraffic(new HostTraffic(sender), new HostTraffic(receiver));
  }

  /** The sender tells when it stops, the receiver how much arrived. */
  private record SendTraffic(Traffic sender, Traffic receiver) implements Traffic {
    @Override
    public boolean isOver() {
      return sender.isOver() && receiver.isOver();
    }

    @Override
    public long done() {
      return receiver.done();
    }

    @Override
    public long tried() {
      return 0;
    }

    @Override
    public long medianMicros() {
      return 0;
    }
  }

  @Override
  public List<String> hints() {
    long pid = ProcessHandle.current().pid();
    String enter = isRealRoot ? "nsenter -n -t " : "nsenter --preserve-credentials -U -n -t ";
    return List.of(
        "bin/dataplane status --socket " + socket.path(),
        "bin/dataplane bridge fdb --socket " + socket.path(),
        enter + pid + " curl -s 127.0.0.1:9464/metrics",
        enter + hostA.pid() + " bash        (host A; then: ping " + ADDRESS_B + ")");
  }

  @Override
  public void close() {
    // The daemon first: it would take its interfaces' end for a fault, and make them anew.
    daemon.close();
    hostA.close();
    hostB.close();
    socket.close();
  }
}
