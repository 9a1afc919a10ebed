package io.dataplane.daemon.config;

import io.dataplane.daemon.config.DeviceConfig.Driver;
import io.dataplane.drivers.tap.TapIo;
import io.dataplane.drivers.tap.TapOffload;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One device of the section {@code devices}. */
final class DeviceSection {

  static final List<String> KEYS =
      List.of(
          "driver",
          "mtu",
          "mac",
          "queues",
          "offloads",
          "gro",
          "persistent",
          "owner",
          "group",
          "io");

  static final SequencedMap<String, Driver> DRIVERS = Words.of(Driver.class);
  static final SequencedMap<String, TapOffload> OFFLOADS = Words.of(TapOffload.class);
  static final SequencedMap<String, TapIo> IO = Words.of(TapIo.class);

  /** Drivers that the file format already names and a later version brings. */
  static final List<String> DRIVERS_LATER = List.of("afpacket", "afxdp", "pcap", "auto");

  private DeviceSection() {}

  static DeviceConfig read(String name, Value key, Value value) {
    Section device = Section.open(value, KEYS);
    return new DeviceConfig(
        name,
        driver(key, device),
        device.integer("mtu", Limits.MTU, DeviceConfig.MTU_DEFAULT),
        device
            .value("mac")
            .flatMap(MacValues::station)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty),
        device.integer("queues", Limits.QUEUES, DeviceConfig.QUEUES_DEFAULT),
        device.value("offloads").map(DeviceSection::offloads).orElse(DeviceConfig.OFFLOADS_DEFAULT),
        device.flag("gro", true),
        tap(device));
  }

  private static Driver driver(Value key, Section device) {
    Optional<Value> value = device.value("driver");
    if (value.isEmpty()) {
      key.error("the key `driver` is missing", "add `driver: tap`");
      return Driver.TAP;
    }
    if (value.get().isAnyOf(DRIVERS_LATER)) {
      value.get().error("this driver is not yet supported in this version", "use tap");
      return Driver.TAP;
    }
    return device.choice("driver", DRIVERS, Driver.TAP);
  }

  /** Offloads are said as on, off or a list of names. */
  private static Set<TapOffload> offloads(Value value) {
    if (!value.isList()) {
      boolean on = value.flag().orElse(true);
      return on ? DeviceConfig.OFFLOADS_DEFAULT : Set.of();
    }
    Set<TapOffload> offloads = EnumSet.noneOf(TapOffload.class);
    for (Value item : value.items("a list of offloads")) {
      item.choice(OFFLOADS).ifPresent(offloads::add);
    }
    if (!offloads.isEmpty() && !offloads.contains(TapOffload.CHECKSUM)) {
      value.error(
          "segmentation needs checksums to be offloaded too, each segment gets one of its own",
          "add `checksum`");
    }
    return offloads;
  }

  private static TapSettings tap(Section device) {
    return new TapSettings(
        device.flag("persistent", TapSettings.DEFAULT.persistent()),
        account(device, "owner", "a user's name or id"),
        account(device, "group", "a group's name or id"),
        device.choice("io", IO, TapSettings.DEFAULT.io()));
  }

  private static @Nullable String account(Section device, String key, String expected) {
    Optional<String> text = device.text(key, expected);
    if (text.isPresent() && !text.get().matches("\\d{1,10}|[A-Za-z_][A-Za-z0-9_.-]{0,31}\\$?")) {
      device.value(key).orElseThrow().error("`" + text.get() + "` is not " + expected, "");
    }
    return text.orElse(null);
  }
}
