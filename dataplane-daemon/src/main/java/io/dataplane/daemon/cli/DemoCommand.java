package io.dataplane.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dataplane demo}. */
@Command(
    name = "demo",
    description = {
      "Show the daemon at work between two hosts made for the purpose: pings, and a TCP transfer"
          + " each way, with live rates. Takes about 15 seconds, needs no root and leaves nothing"
          + " behind.",
      "The hosts are network namespaces, joined over TAP interfaces by the same daemon as"
          + " `dataplane run`. Where the machine does not allow that, it says why, and shows the"
          + " same between hosts in memory."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  dataplane demo",
      "  dataplane demo --keep       then look around: it says how",
      "",
      "See also: dataplane run, dataplane status"
    })
final class DemoCommand implements Callable<Integer> {

  private final CliContext context;

  @Option(
      names = "--keep",
      description = "Go on until Ctrl-C, and say how to look at it from another terminal.")
  private boolean keep;

  @Option(
      names = "--in-memory",
      description = "Use hosts in memory, even where TAP interfaces could be had.")
  private boolean inMemory;

  DemoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return new DemoRun(context).run(keep, inMemory);
  }
}
