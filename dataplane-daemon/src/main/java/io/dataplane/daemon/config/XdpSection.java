package io.dataplane.daemon.config;

import java.util.List;
import java.util.Map;

/**
 * The section {@code xdp}. This version cannot run programs, and a filter that silently does not
 * filter would be worse than none: the section is checked for its form, then refused.
 */
final class XdpSection {

  static final List<String> KEYS = List.of("device", "object", "program");

  private XdpSection() {}

  static void read(Section root, Map<String, Value> devices) {
    root.value("xdp")
        .ifPresent(value -> {
          List<Value> items = value.items("a list of programs");
          items.forEach(item -> attachment(Section.open(item, KEYS), devices));
          if (!items.isEmpty()) {
            value.error(
                "XDP programs are not yet supported in this version", "remove the section `xdp`");
          }
        });
  }

  private static void attachment(Section item, Map<String, Value> devices) {
    item.value("device")
        .ifPresentOrElse(
            value -> device(value, devices),
            () -> item.self().error("the key `device` is missing", "name one of the devices"));
    if (item.value("object").isEmpty()) {
      item.self().error("the key `object` is missing", "name the object file of the program");
    }
    item.text("object", "a path");
    item.text("program", "the name of a program");
  }

  private static void device(Value value, Map<String, Value> devices) {
    value
        .text("the name of a device")
        .filter(name -> !devices.containsKey(name))
        .ifPresent(name ->
            value.error(
                "no device is called `" + name + "`", Value.adviceOn(name, devices.keySet())));
  }
}
