package io.dataplane.daemon.metrics;

import io.dataplane.link.bridge.Bridge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one bridge. */
final class BridgeMeters {

  private BridgeMeters() {}

  static MeterGroup of(Bridge bridge, MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.of("bridge", bridge.name()));
    group.gauge("dataplane.bridge.ports", "Ports of the bridge.", () -> bridge.portList().size());
    frames(group, bridge);
    addresses(group, bridge);
    return group;
  }

  private static void frames(MeterGroup group, Bridge bridge) {
    String help = "Frames forwarded to the one port where their destination is, or flooded to all.";
    group.counter("dataplane.bridge.frames", help, bridge::forwarded, "way", "forwarded");
    group.counter("dataplane.bridge.frames", help, bridge::flooded, "way", "flooded");
  }

  private static void addresses(MeterGroup group, Bridge bridge) {
    group.gauge(
        "dataplane.bridge.fdb.entries", "Addresses that the bridge knows.", bridge::fdbCount);
    group.gauge(
        "dataplane.bridge.fdb.entries.limit",
        "Addresses that the bridge may learn.",
        bridge::fdbEntriesMax);
    group.counter(
        "dataplane.bridge.fdb.full",
        "Frames whose source was not learned because the table was full.",
        bridge::tableFull);
    group.counter("dataplane.bridge.fdb.learned", "Addresses learned.", bridge::learned);
    group.counter(
        "dataplane.bridge.fdb.moved",
        "Addresses seen behind another port than before.",
        bridge::moved);
    group.counter(
        "dataplane.bridge.fdb.aged", "Addresses forgotten because they were silent.", bridge::aged);
    group.counter(
        "dataplane.bridge.fdb.static.violations",
        "Frames whose source is set as static behind another port.",
        bridge::staticViolations);
  }
}
