package io.dataplane.drivers.tap;

import io.dataplane.base.DropReason;
import io.dataplane.device.QueueStats;
import io.dataplane.drivers.Namespace;
import io.dataplane.drivers.nativeio.PacketSocket;
import io.dataplane.runtime.Dataplane;
import java.util.HashMap;
import java.util.Map;

/** A host behind a TAP device: a network namespace that the host's end of the device is in. */
final class TapHost implements AutoCloseable {

  private final TapDevice device;
  private final TapConfig config;
  private final String address;
  private final Namespace namespace;
  private final Dataplane dataplane;

  TapHost(Dataplane dataplane, TapConfig config, int number) {
    this.dataplane = dataplane;
    this.config = config;
    this.address = "10.77.0." + number;
    this.device = new TapDevice(config);
    this.namespace = Namespace.named(config.name());
    dataplane.add(device);
  }

  TapDevice device() {
    return device;
  }

  /** The interface's name at the host. */
  String interfaceName() {
    return config.name();
  }

  String address() {
    return address;
  }

  String address6() {
    return "fd77::" + address.substring(address.lastIndexOf('.') + 1);
  }

  Namespace namespace() {
    return namespace;
  }

  /** Takes the interface, new from the driver, into the host, and sets it up. */
  void plugIn() {
    namespace.take(config.name());
    namespace.ip("addr add " + address + "/24 dev " + config.name());
    up();
  }

  /** Gives it IPv6; duplicate addresses are not looked for, which would take a second. */
  void enableIpv6() {
    String conf = "net.ipv6.conf." + config.name();
    namespace.run("sysctl -qw " + conf + ".accept_dad=0 " + conf + ".disable_ipv6=0");
    namespace.ip("addr add " + address6() + "/64 dev " + config.name() + " nodad");
  }

  void up() {
    namespace.ip("link set " + config.name() + " up");
  }

  void down() {
    namespace.ip("link set " + config.name() + " down");
  }

  /** Switches the host's own segmentation and checksum offloads. */
  void offloads(boolean on) {
    String to = on ? " on" : " off";
    String line = "ethtool -K " + config.name() + " tx" + to + " sg" + to + " tso" + to;
    namespace.run(line + " gso" + to + " gro" + to + " tx-udp-segmentation" + to);
  }

  PacketSocket packets() {
    return namespace.inside(() -> PacketSocket.open(config.name()));
  }

  /** Counters of TCP, UDP and IP, as {@code /proc/net/snmp} has them: "Tcp.RetransSegs". */
  Map<String, Long> snmp() {
    Map<String, Long> counters = new HashMap<>();
    String[] lines = namespace.run("cat /proc/net/snmp").split("\n", -1);
    for (int i = 0; i + 1 < lines.length; i += 2) {
      String[] names = lines[i].split(" ", -1);
      String[] values = lines[i + 1].split(" ", -1);
      for (int f = 1; f < names.length; f++) {
        counters.put(names[0].replace(':', '.') + names[f], Long.parseLong(values[f]));
      }
    }
    return counters;
  }

  /** Frames dropped so far, by all workers, and charged to the device. */
  long drops(DropReason reason) {
    return dataplane.workers().stream()
        .mapToLong(w -> w.cpu().drops().get(device.ifindex(), reason))
        .sum();
  }

  /** Frames that came in by all queues. */
  long received() {
    return device.rxQueues().stream().mapToLong(q -> q.stats().packets().get()).sum();
  }

  /** Frames that went out by all queues. */
  long sent() {
    long sum = 0;
    for (int i = 0; i < device.txQueueCount(); i++) {
      QueueStats stats = device.txQueue(i).stats();
      sum += stats.packets().get();
    }
    return sum;
  }

  @Override
  public void close() {
    namespace.close();
  }
}
