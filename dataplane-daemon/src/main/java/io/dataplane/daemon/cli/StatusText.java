package io.dataplane.daemon.cli;

import io.dataplane.daemon.text.Human;
import io.dataplane.daemon.text.Style;
import io.dataplane.daemon.text.Table;
import io.dataplane.daemon.view.BridgeView;
import io.dataplane.daemon.view.BridgeView.PortView;
import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.StatusView;
import io.dataplane.daemon.view.WorkerView;
import io.dataplane.daemon.view.WorkerView.PoolView;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws {@code dataplane status}. */
final class StatusText {

  private StatusText() {}

  static void render(StatusView status, Terminal terminal) {
    PrintStream out = terminal.out();
    Style style = Style.of(terminal.outHasColour());
    out.println(headline(status, style));
    status.problems().forEach(problem -> out.println("  " + style.red("!") + " " + problem));
    out.println();
    fact(out, style, "config", status.config());
    fact(out, style, "control", status.controlSocket());
    fact(out, style, "metrics", status.metricsUrl() == null ? "off" : status.metricsUrl());
    fact(out, style, "workers", workers(status));
    memory(status.workers()).forEach((name, text) -> fact(out, style, name, text));
    for (BridgeView bridge : status.bridges()) {
      fact(out, style, "bridge", bridge(bridge));
    }
    out.println();
    devices(status.devices()).print(out, style);
  }

  private static String headline(StatusView status, Style style) {
    String state =
        status.state().equals("forwarding")
            ? style.green(status.state())
            : style.red(status.state());
    return "dataplane %s, process %d, up %s: %s"
        .formatted(status.version(), status.pid(), Human.duration(status.uptimeSeconds()), state);
  }

  private static void fact(PrintStream out, Style style, String name, String text) {
    out.println(style.faint("%-8s".formatted(name)) + " " + text);
  }

  private static String workers(StatusView status) {
    String shares =
        status.workers().stream()
            .map(worker -> Human.percent(worker.busyShare()))
            .collect(Collectors.joining(", "));
    return "%d, %s, busy %s".formatted(status.workers().size(), status.pollMode(), shares);
  }

  /** All workers' pools of one kind together. */
  private static Map<String, String> memory(List<WorkerView> workers) {
    Map<String, List<PoolView>> pools =
        workers.stream()
            .flatMap(worker -> worker.memory().stream())
            .collect(
                Collectors.groupingBy(PoolView::name, LinkedHashMap::new, Collectors.toList()));
    Map<String, String> texts = new LinkedHashMap<>();
    pools.forEach((name, parts) -> texts.put(name, pool(parts)));
    return texts;
  }

  private static String pool(List<PoolView> parts) {
    long free = parts.stream().mapToLong(PoolView::free).sum();
    long capacity = parts.stream().mapToLong(PoolView::capacity).sum();
    long exhausted = parts.stream().mapToLong(PoolView::exhausted).sum();
    return "%d of %d free%s"
        .formatted(free, capacity, exhausted == 0 ? "" : ", %d times none".formatted(exhausted));
  }

  private static String bridge(BridgeView bridge) {
    return "%s: %s; %d of at most %d addresses"
        .formatted(
            bridge.name(),
            bridge.ports().stream().map(PortView::device).collect(Collectors.joining(", ")),
            bridge.fdbEntries(),
            bridge.fdbEntriesMax());
  }

  private static Table devices(List<DeviceView> devices) {
    Table table =
        new Table(
            "DEVICE",
            "STATE",
            "DRIVER",
            "BRIDGE",
            "MTU",
            "RX-FRAMES",
            "RX-BYTES",
            "TX-FRAMES",
            "TX-BYTES",
            "DROPPED");
    for (DeviceView device : devices) {
      table.row(
          device.name(),
          device.state(),
          device.driver(),
          device.bridge() == null ? "-" : device.bridge(),
          device.mtu(),
          device.rxFrames(),
          device.rxBytes(),
          device.txFrames(),
          device.txBytes(),
          device.droppedPackets());
    }
    return table;
  }
}
