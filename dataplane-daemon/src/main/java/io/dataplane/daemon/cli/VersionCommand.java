package io.dataplane.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code dataplane version}. */
@Command(
    name = "version",
    description = "Say which version this is, and on what it runs.",
    optionListHeading = "%nOptions:%n")
final class VersionCommand implements Callable<Integer> {

  private final CliContext context;

  VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.terminal().out().println(Provider.line());
    return ExitStatus.DONE;
  }

  /** The same for {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }

    static String line() {
      return "dataplane %s (Java %s, %s %s, %s)"
          .formatted(
              Version.current(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.version"),
              System.getProperty("os.arch"));
    }
  }
}
