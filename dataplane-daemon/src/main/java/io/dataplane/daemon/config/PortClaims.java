package io.dataplane.daemon.config;

import java.util.HashMap;
import java.util.Map;

/** Which bridge each device belongs to: at most one. */
final class PortClaims {

  private final Map<String, Value> devices;
  private final Map<String, String> bridgeByDevice = new HashMap<>();

  PortClaims(Map<String, Value> devices) {
    this.devices = devices;
  }

  /** Makes a device a port of a bridge, or notes why it cannot be. */
  void claim(Value at, String device, String bridge) {
    if (!devices.containsKey(device)) {
      at.error("no device is called `" + device + "`", adviceOn(device));
      return;
    }
    String before = bridgeByDevice.putIfAbsent(device, bridge);
    if (before == null) {
      return;
    }
    if (before.equals(bridge)) {
      at.error("`" + device + "` is listed twice", "remove one of the two");
    } else {
      at.error(
          "`" + device + "` is a port of the bridge `" + before + "` already",
          "a device can be in one bridge only");
    }
  }

  private String adviceOn(String device) {
    return Suggestions.closest(device, devices.keySet())
        .map(name -> "did you mean `" + name + "`?")
        .orElse("add it under `devices`");
  }

  /** A device without a bridge has nowhere to send its frames. */
  void warnOfUnclaimed() {
    devices.forEach((name, key) -> {
      if (!bridgeByDevice.containsKey(name)) {
        key.warning(
            "the device is in no bridge, its frames will be dropped", "add it to the ports of one");
      }
    });
  }
}
