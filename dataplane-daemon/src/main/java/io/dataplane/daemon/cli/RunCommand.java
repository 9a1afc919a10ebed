package io.dataplane.daemon.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dataplane run [CONFIG]}. */
@Command(
    name = "run",
    description = {
      "Run the daemon in the foreground. It prints one line `ready` on stdout once every device"
          + " forwards, and logs to stderr.",
      "Creating interfaces takes root or CAP_NET_ADMIN; `dataplane demo` does without."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "SIGTERM or Ctrl-C ends it within a second and removes what it made; a second Ctrl-C ends it"
          + " at once.",
      "",
      "Examples:",
      "  sudo dataplane run",
      "  sudo dataplane run /etc/dataplane/dataplane.yaml",
      "  sudo systemctl start dataplane        with the unit in deploy/",
      "",
      "See also: dataplane check, dataplane status; deploy/README.md"
    })
final class RunCommand implements Callable<Integer> {

  private final CliContext context;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "The YAML file to run with. Without it: config/dataplane.yaml.")
  private @Nullable Path config;

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return new DaemonRun(context).run(config);
  }
}
