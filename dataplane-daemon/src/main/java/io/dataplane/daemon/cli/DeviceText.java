package io.dataplane.daemon.cli;

import io.dataplane.daemon.text.Style;
import io.dataplane.daemon.text.Table;
import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.DeviceView.RxQueueView;
import io.dataplane.daemon.view.DeviceView.TxQueueView;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws {@code dataplane device}: a paragraph for each. */
final class DeviceText {

  private DeviceText() {}

  static void render(List<DeviceView> devices, Terminal terminal) {
    Style style = Style.of(terminal.outHasColour());
    boolean first = true;
    for (DeviceView device : devices) {
      if (!first) {
        terminal.out().println();
      }
      first = false;
      device(device, terminal.out(), style);
    }
  }

  private static void device(DeviceView device, PrintStream out, Style style) {
    String state = device.state().equals("up") ? style.green("up") : style.red(device.state());
    out.println(
        style.bold(device.name())
            + "  "
            + state
            + "  "
            + device.driver()
            + (device.detail().isEmpty() ? "" : " (" + device.detail() + ")")
            + "  mtu "
            + device.mtu()
            + "  mac "
            + device.mac()
            + (device.bridge() == null ? "" : "  bridge " + device.bridge()));
    out.println(
        "offloads  "
            + (device.offloads().isEmpty() ? "none" : String.join(" ", device.offloads())));
    if (!device.drops().isEmpty()) {
      out.println("dropped   " + counts(device.drops()));
    }
    if (!device.xdp().isEmpty()) {
      out.println("xdp       " + counts(device.xdp()));
    }
    queues(device).print(out, style);
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Table queues(DeviceView device) {
    Table table =
        new Table(
            "QUEUE",
            "WORKER",
            "FRAMES",
            "BYTES",
            "ERRORS",
            "DROPS",
            "WAITING",
            "POLLS",
            "EXHAUSTED");
    for (RxQueueView queue : device.rxQueues()) {
      table.row(
          "rx" + queue.index(),
          queue.worker(),
          queue.frames(),
          queue.bytes(),
          queue.errors(),
          queue.drops(),
          queue.backlog(),
          queue.polls(),
          queue.budgetExhausted());
    }
    for (TxQueueView queue : device.txQueues()) {
      table.row(
          "tx" + queue.worker(),
          queue.worker(),
          queue.frames(),
          queue.bytes(),
          queue.errors(),
          queue.drops(),
          "-",
          "-",
          "-");
    }
    return table;
  }
}
