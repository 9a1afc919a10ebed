package io.dataplane.daemon.cli;

import io.dataplane.daemon.view.Requests;
import io.dataplane.daemon.view.WorkerView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dataplane worker}. */
@Command(
    name = "worker",
    description = {
      "Show workers: how busy they are, how often their budget ran out, and what is left of their"
          + " memory.",
      "BUSY is the share of the last moment; the other figures count from the daemon's start."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  dataplane worker",
      "  dataplane worker --json | jq '.[] | {id, busyShare, timeSqueezes}'",
      "",
      "A worker that is busy all the time, with SQUEEZED growing, is at its limit: see `workers`"
          + " and `queues` in",
      "config/dataplane.yaml. EXHAUSTED growing means that packets are dropped for want of memory:"
          + " see `memory` there.",
      "",
      "See also: dataplane status, dataplane device"
    })
final class WorkerCommand implements Callable<Integer> {

  private final CliContext context;

  @Mixin private final ClientOptions options = new ClientOptions();

  WorkerCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return new DaemonQuery(context, options)
        .askList(Requests.WORKERS, Map.of(), WorkerView.class, WorkerText::render);
  }
}
