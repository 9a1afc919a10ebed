package io.dataplane.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code dataplane} itself: what there is. No command at all is wrong usage, so that a script
 * notices.
 */
@Command(
    name = "dataplane",
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Moves packets between network interfaces in user space: polled as by the kernel's NAPI,"
          + " switched by a learning bridge, counted for Prometheus."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      DeviceCommand.class,
      WorkerCommand.class,
      BridgeCommand.class,
      VersionCommand.class
    },
    footer = {
      "",
      "To begin:",
      "  dataplane demo                             two hosts, bridged; needs no root, ends by"
          + " itself",
      "  dataplane check config/dataplane.yaml      is this file right?",
      "  sudo dataplane run config/dataplane.yaml   bridge the interfaces dp0 and dp1",
      "  dataplane status                           what the daemon is doing",
      "",
      "`dataplane COMMAND --help` says more about each command."
    })
final class DataplaneCommand {

  @SuppressWarnings("unused") // picocli acts on it by itself
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how a command is used.")
  private boolean help;

  @SuppressWarnings("unused") // picocli acts on it by itself
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Say which version this is.")
  private boolean version;
}
