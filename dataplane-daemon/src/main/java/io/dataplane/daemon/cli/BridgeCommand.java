package io.dataplane.daemon.cli;

import io.dataplane.daemon.view.BridgeView;
import io.dataplane.daemon.view.FdbEntryView;
import io.dataplane.daemon.view.Requests;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dataplane bridge show | fdb}, after its namesake in iproute2. */
@Command(
    name = "bridge",
    description = "Show bridges, and the addresses that they know.",
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {BridgeCommand.Show.class, BridgeCommand.Fdb.class},
    footer = {"", "See also: dataplane status, dataplane device"})
final class BridgeCommand {

  private static Map<String, String> only(@Nullable String name) {
    return name == null ? Map.of() : Map.of(Requests.NAME, name);
  }

  /** {@code dataplane bridge show [NAME]}. */
  @Command(
      name = "show",
      description = "Show bridges with their ports and counters.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footer = {
        "",
        "FULL counts frames whose source was not learned because the table was full: see"
            + " `fdbEntriesMax` in",
        "config/dataplane.yaml. MOVED growing fast means a loop, or one address on two hosts."
      })
  static final class Show implements Callable<Integer> {

    private final CliContext context;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this bridge.")
    private @Nullable String name;

    @Mixin private final ClientOptions options = new ClientOptions();

    Show(CliContext context) {
      this.context = context;
    }

    @Override
    public Integer call() throws Exception {
      return new DaemonQuery(context, options)
          .askList(Requests.BRIDGES, only(name), BridgeView.class, BridgeText::renderBridges);
    }
  }

  /** {@code dataplane bridge fdb [NAME]}. */
  @Command(
      name = "fdb",
      description = "Show the forwarding database: which address is behind which port.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footer = {
        "",
        "Examples:",
        "  dataplane bridge fdb",
        "  dataplane bridge fdb br0 --json | jq -r '.[] | select(.port == \"dp0\") | .mac'"
      })
  static final class Fdb implements Callable<Integer> {

    private final CliContext context;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this bridge's.")
    private @Nullable String name;

    @Mixin private final ClientOptions options = new ClientOptions();

    Fdb(CliContext context) {
      this.context = context;
    }

    @Override
    public Integer call() throws Exception {
      return new DaemonQuery(context, options)
          .askList(Requests.BRIDGE_FDB, only(name), FdbEntryView.class, BridgeText::renderFdb);
    }
  }
}
