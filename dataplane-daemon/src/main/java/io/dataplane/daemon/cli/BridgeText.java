package io.dataplane.daemon.cli;

import io.dataplane.daemon.text.Human;
import io.dataplane.daemon.text.Style;
import io.dataplane.daemon.text.Table;
import io.dataplane.daemon.view.BridgeView;
import io.dataplane.daemon.view.BridgeView.PortView;
import io.dataplane.daemon.view.FdbEntryView;
import java.util.List;
import java.util.stream.Collectors;

/** Draws {@code dataplane bridge}. */
final class BridgeText {

  private BridgeText() {}

  static void renderBridges(List<BridgeView> bridges, Terminal terminal) {
    Table table =
        new Table(
            "BRIDGE",
            "PORTS",
            "ADDRESSES",
            "AT-MOST",
            "AGEING",
            "FORWARDED",
            "FLOODED",
            "LEARNED",
            "MOVED",
            "AGED",
            "FULL");
    for (BridgeView bridge : bridges) {
      table.row(
          bridge.name(),
          bridge.ports().stream().map(BridgeText::port).collect(Collectors.joining(",")),
          bridge.fdbEntries(),
          bridge.fdbEntriesMax(),
          Human.duration(bridge.ageingSeconds()),
          bridge.forwarded(),
          bridge.flooded(),
          bridge.learned(),
          bridge.moved(),
          bridge.aged(),
          bridge.tableFull());
    }
    table.print(terminal.out(), Style.of(terminal.outHasColour()));
  }

  private static String port(PortView port) {
    return port.state().equals("forwarding")
        ? port.device()
        : port.device() + "(" + port.state() + ")";
  }

  static void renderFdb(List<FdbEntryView> entries, Terminal terminal) {
    Table table = new Table("MAC", "PORT", "BRIDGE", "TYPE", "AGE");
    for (FdbEntryView entry : entries) {
      table.row(
          entry.mac(),
          entry.port(),
          entry.bridge(),
          entry.type(),
          entry.type().equals("static") ? "-" : Human.duration(entry.ageSeconds()));
    }
    table.print(terminal.out(), Style.of(terminal.outHasColour()));
  }
}
