package io.dataplane.daemon.metrics;

import io.dataplane.daemon.control.ControlStats;
import io.dataplane.device.NetDevice;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DeviceSlot;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All meters of a daemon, and how they are written. */
public final class Metrics implements AutoCloseable {

  private final Dataplane dataplane;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AutoCloseable jvm;

  /** Meters that stay for good; they are kept because the registry holds what they read weakly. */
  private final List<MeterGroup> lasting = new ArrayList<>();

  private final Map<DeviceKey, MeterGroup> deviceMeters = new HashMap<>();
  private final Map<Bridge, MeterGroup> bridgeMeters = new HashMap<>();

  /**
   * A device's meters carry its name and its pollers, so they are made anew when either changes.
   */
  private record DeviceKey(NetDevice dev, String name, long mac, int napis) {
    static DeviceKey of(DeviceSlot slot) {
      return new DeviceKey(slot.dev(), slot.dev().name(), slot.dev().mac(), slot.napis().size());
    }
  }

  /**
   * Makes the meters of a daemon.
   *
   * @param dataplane the stack whose counters are read
   * @param control the control socket's counters
   * @param health what {@code dataplane_ready} says
   * @param version the program's version
   */
  public Metrics(Dataplane dataplane, ControlStats control, Health health, String version) {
    this.dataplane = dataplane;
    this.jvm = DaemonMeters.jvm(registry);
    MeterGroup noDevice = new MeterGroup(registry, Tags.of("device", "none"));
    DeviceMeters.drops(noDevice, dataplane, 0);
    lasting.add(noDevice);
    lasting.add(DaemonMeters.of(version, health, registry));
    lasting.add(DaemonMeters.control(control, registry));
    lasting.add(DaemonMeters.processor(registry));
    dataplane.workers().forEach(worker -> lasting.add(WorkerMeters.of(worker, registry)));
  }

  /** Writes all meters as they are now. */
  void write(ExpositionFormat format, OutputStream out) throws IOException {
    refresh();
    registry.scrape(out, format.contentType());
  }

  /** Meters for what came since the last time, none for what went. */
  private synchronized void refresh() {
    Map<DeviceKey, DeviceSlot> devices =
        dataplane.devices().stream().collect(Collectors.toMap(DeviceKey::of, slot -> slot));
    sync(deviceMeters, devices, slot -> DeviceMeters.of(dataplane, slot, registry));
    Map<Bridge, Bridge> bridges =
        dataplane.bridges().stream().collect(Collectors.toMap(bridge -> bridge, bridge -> bridge));
    sync(bridgeMeters, bridges, bridge -> BridgeMeters.of(bridge, registry));
  }

  private static <K, V> void sync(
      Map<K, MeterGroup> meters, Map<K, V> wanted, Function<V, MeterGroup> maker) {
    // First out, then in: a renamed device must not take the new meters of its old name along.
    meters
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !wanted.containsKey(entry.getKey());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
    wanted.forEach((key, value) -> meters.computeIfAbsent(key, _ -> maker.apply(value)));
  }

  @Override
  public void close() {
    lasting.forEach(MeterGroup::close);
    try {
      jvm.close();
    } catch (Exception e) {
      throw new IllegalStateException("JVM metrics do not close", e);
    }
    registry.close();
  }
}
