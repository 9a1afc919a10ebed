package io.dataplane.daemon.config;

import io.dataplane.base.MacAddress;
import io.dataplane.daemon.config.BridgeConfig.StaticFdbEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The section {@code bridges}: names that the user chose, each with ports and settings. */
final class BridgesSection {

  static final List<String> KEYS = List.of("ports", "ageing", "fdbEntriesMax", "fdb");
  static final List<String> FDB_KEYS = List.of("mac", "port");

  private final PortClaims claims;
  private final List<BridgeConfig> configs = new ArrayList<>();

  private BridgesSection(PortClaims claims) {
    this.claims = claims;
  }

  static BridgesSection read(Section root, Map<String, Value> devices) {
    Section section = root.child("bridges", Section.ANY_KEY);
    BridgesSection bridges = new BridgesSection(new PortClaims(devices));
    section
        .entries()
        .forEach((name, value) -> {
          checkName(section.key(name), name, devices);
          bridges.configs.add(bridges.read(name, section.key(name), value));
        });
    bridges.claims.warnOfUnclaimed();
    return bridges;
  }

  List<BridgeConfig> configs() {
    return configs;
  }

  private static void checkName(Value key, String name, Map<String, Value> devices) {
    InterfaceNames.fault(name).ifPresent(fault -> key.error(fault, "choose another name"));
    if (devices.containsKey(name)) {
      key.error(
          "a device has the name `" + name + "` already", "choose another name for the bridge");
    }
  }

  private BridgeConfig read(String name, Value key, Value value) {
    Section bridge = Section.open(value, KEYS);
    List<String> ports = ports(name, key, bridge);
    return new BridgeConfig(
        name,
        ports,
        bridge.duration("ageing", Limits.BRIDGE_AGEING, BridgeConfig.AGEING_DEFAULT),
        bridge.integer(
            "fdbEntriesMax", Limits.BRIDGE_FDB_ENTRIES_MAX, BridgeConfig.FDB_ENTRIES_MAX_DEFAULT),
        bridge.value("fdb").map(fdb -> fdb(fdb, ports)).orElse(List.of()));
  }

  private List<String> ports(String name, Value key, Section bridge) {
    Optional<Value> value = bridge.value("ports");
    if (value.isEmpty()) {
      key.error(
          "the key `ports` is missing", "add the devices to bridge, such as `ports: [dp0, dp1]`");
      return List.of();
    }
    List<String> ports = new ArrayList<>();
    for (Value item : value.get().items("a list of devices")) {
      item.text("the name of a device")
          .ifPresent(port -> {
            claims.claim(item, port, name);
            ports.add(port);
          });
    }
    return ports;
  }

  private static List<StaticFdbEntry> fdb(Value fdb, List<String> ports) {
    List<StaticFdbEntry> entries = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (Value item : fdb.items("a list of addresses")) {
      Section entry = Section.open(item, FDB_KEYS);
      Optional<Long> mac = required(entry, "mac").flatMap(MacValues::station);
      Optional<String> port = required(entry, "port").flatMap(value -> fdbPort(value, ports));
      if (mac.isPresent() && !seen.add(mac.get())) {
        item.error(
            "the address " + MacAddress.format(mac.get()) + " is set twice",
            "remove one of the two");
      }
      if (mac.isPresent() && port.isPresent()) {
        entries.add(new StaticFdbEntry(mac.get(), port.get()));
      }
    }
    return entries;
  }

  private static Optional<Value> required(Section section, String key) {
    Optional<Value> value = section.value(key);
    if (value.isEmpty()) {
      section
          .self()
          .error("the key `" + key + "` is missing", "write { mac: ADDRESS, port: DEVICE }");
    }
    return value;
  }

  private static Optional<String> fdbPort(Value value, List<String> ports) {
    Optional<String> port = value.text("the name of a port");
    if (port.isPresent() && !ports.contains(port.get())) {
      value.error(
          "`" + port.get() + "` is no port of this bridge", Value.adviceOn(port.get(), ports));
    }
    return port;
  }
}
