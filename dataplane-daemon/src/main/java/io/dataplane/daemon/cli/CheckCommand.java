package io.dataplane.daemon.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dataplane check CONFIG}. */
@Command(
    name = "check",
    description = {
      "Find every problem of a configuration file, each with its line and column, and what to do"
          + " about it.",
      "Nothing is opened or changed, so this needs no rights."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Examples:",
      "  dataplane check config/dataplane.yaml",
      "  dataplane check --json /etc/dataplane/dataplane.yaml | jq '.problems[].message'",
      "",
      "See also: the file config/dataplane.yaml explains each key; config/dataplane.schema.json"
          + " lets an editor do so."
    })
final class CheckCommand implements Callable<Integer> {

  private final CliContext context;

  @Parameters(paramLabel = "CONFIG", description = "The YAML file to check.")
  private Path config = Path.of("");

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  CheckCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    return new ConfigCheck(context).check(config, json);
  }
}
