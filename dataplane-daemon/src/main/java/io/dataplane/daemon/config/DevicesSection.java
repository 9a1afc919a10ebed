package io.dataplane.daemon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The section {@code devices}: names that the user chose, each with a {@link DeviceSection}. */
record DevicesSection(List<DeviceConfig> configs, SequencedMap<String, Value> names) {

  static DevicesSection read(Section root) {
    Section section = root.child("devices", Section.ANY_KEY);
    if (section.entries().isEmpty()) {
      section.self().error("no device is configured", "add one, such as `dp0: { driver: tap }`");
    }
    List<DeviceConfig> configs = new ArrayList<>();
    SequencedMap<String, Value> names = new LinkedHashMap<>();
    section
        .entries()
        .forEach((name, value) -> {
          Value key = section.key(name);
          InterfaceNames.fault(name).ifPresent(fault -> key.error(fault, "choose another name"));
          names.put(name, key);
          configs.add(DeviceSection.read(name, key, value));
        });
    return new DevicesSection(configs, names);
  }
}
