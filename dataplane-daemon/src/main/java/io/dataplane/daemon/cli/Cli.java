package io.dataplane.daemon.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs command lines; one instance may run several. */
final class Cli {

  private static final int HELP_WIDTH = 100;

  private final CliContext context;

  Cli(Terminal terminal, Map<String, String> environment) {
    this.context = new CliContext(terminal, environment);
  }

  /**
   * Runs a command line.
   *
   * @param args the words after {@code dataplane}
   * @return the exit status
   */
  int run(String... args) {
    Terminal terminal = context.terminal();
    CommandLine commandLine =
        new CommandLine(new DataplaneCommand(), factory())
            .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(terminal.outHasColour())))
            .setUsageHelpWidth(HELP_WIDTH)
            .setUsageHelpLongOptionsMaxWidth(HELP_WIDTH / 2)
            .setParameterExceptionHandler((e, _) -> wrongUsage(e))
            .setExecutionExceptionHandler((e, command, _) -> failure(e, command));
    addExitStatus(commandLine);
    try {
      return commandLine.execute(args);
    } catch (LinkageError | OutOfMemoryError e) {
      return unexpected(
          e, "dataplane: "); // such as no room for the native library; picocli lets errors pass
    }
  }

  private static Ansi ansi(boolean hasColour) {
    return hasColour ? Ansi.ON : Ansi.OFF;
  }

  /** Makes commands with what they are given; everything else as picocli does. */
  private IFactory factory() {
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
          if (constructor.getParameterCount() == 1
              && constructor.getParameterTypes()[0] == CliContext.class) {
            return type.cast(constructor.newInstance(context));
          }
        }
        return CommandLine.defaultFactory().create(type);
      }
    };
  }

  /** Every command has the same few, so that scripts need not look. */
  private static void addExitStatus(CommandLine commandLine) {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "done");
    meanings.put("1", "failed");
    meanings.put("2", "wrong usage or invalid input");
    commandLine
        .getCommandSpec()
        .usageMessage()
        .descriptionHeading("%n")
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(meanings);
    commandLine.getSubcommands().values().forEach(Cli::addExitStatus);
  }

  private int wrongUsage(ParameterException e) {
    Terminal terminal = context.terminal();
    CommandLine command = e.getCommandLine();
    terminal.err().println(prefix(command.getCommandSpec()) + complaint(e));
    PrintWriter err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      terminal.err().println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
    }
    return ExitStatus.INVALID;
  }

  /**
   * picocli counts arguments from 0 and quotes them all; a person wants to know which word is
   * wrong.
   */
  private static String complaint(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      String message = String.valueOf(e.getMessage());
      return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    String word = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      return "unknown option `" + word + "`";
    }
    boolean wantsCommand = !e.getCommandLine().getSubcommands().isEmpty();
    return (wantsCommand ? "unknown command `" : "one word too many: `") + word + "`";
  }

  private int failure(Exception e, CommandLine command) {
    Terminal terminal = context.terminal();
    if (e instanceof CliException expected) {
      terminal.err().println(prefix(command.getCommandSpec()) + expected.getMessage());
      return expected.exitStatus();
    }
    return unexpected(e, prefix(command.getCommandSpec()));
  }

  private int unexpected(Throwable e, String prefix) {
    Terminal terminal = context.terminal();
    terminal.err().println(prefix + "this should not have happened: " + e);
    if (context.environment().containsKey("DATAPLANE_DEBUG")) {
      e.printStackTrace(terminal.err());
    } else {
      terminal.err().println("With DATAPLANE_DEBUG=1 in the environment it says where.");
    }
    return ExitStatus.FAILED;
  }

  private static String prefix(CommandSpec command) {
    return command.qualifiedName() + ": ";
  }
}
