package io.dataplane.daemon.cli;

import io.dataplane.daemon.view.Requests;
import io.dataplane.daemon.view.StatusView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataplane status}. */
@Command(
    name = "status",
    description =
        "Show what the running daemon is doing: its state, devices, bridges, workers and memory.",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  dataplane status",
      "  watch -n1 dataplane status",
      "  dataplane status --json | jq -r .state",
      "",
      "See also: dataplane device, dataplane worker, dataplane bridge"
    })
final class StatusCommand implements Callable<Integer> {

  private final CliContext context;

  @Mixin private final ClientOptions options = new ClientOptions();

  StatusCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return new DaemonQuery(context, options)
        .ask(Requests.STATUS, StatusView.class, StatusText::render);
  }
}
