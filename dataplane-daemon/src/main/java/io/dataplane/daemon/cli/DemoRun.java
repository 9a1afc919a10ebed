package io.dataplane.daemon.cli;

import io.dataplane.daemon.demo.Demo;
import io.dataplane.daemon.demo.DemoOptions;
import io.dataplane.daemon.text.Style;
import java.io.IOException;

/** What {@code dataplane demo} does. */
final class DemoRun {

  private final CliContext context;

  DemoRun(CliContext context) {
    this.context = context;
  }

  int run(boolean keep, boolean inMemory) throws CliException, InterruptedException {
    Terminal terminal = context.terminal();
    DemoOptions options =
        new DemoOptions(
            keep,
            inMemory,
            terminal.out(),
            terminal.outIsTerminal(),
            Style.of(terminal.outHasColour()),
            Version.current());
    try {
      return new Demo(options, context.environment()).run() ? ExitStatus.DONE : ExitStatus.FAILED;
    } catch (IOException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    }
  }
}
