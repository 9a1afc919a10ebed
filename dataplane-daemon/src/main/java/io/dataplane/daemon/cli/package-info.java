/**
 * The command line of {@code bin/dataplane}: one class a command, drawn up with picocli.
 *
 * <p>{@link io.dataplane.daemon.cli.Main} is what the launcher starts; {@link
 * io.dataplane.daemon.cli.Cli} runs a command line and turns every failure into a message and an
 * exit status: 0 done, 1 failed, 2 wrong usage or invalid input. Nobody gets to see a stack trace.
 *
 * <p>A command's class is loaded for every {@code --help}, so it holds options and little else;
 * what does the work (YAML, JSON, the daemon itself) is in other classes, which load when the
 * command runs.
 *
 * <p>Runs on the main thread of its own short process, and talks to a daemon through {@code
 * io.dataplane.daemon.control}.
 */
@NullMarked
package io.dataplane.daemon.cli;

import org.jspecify.annotations.NullMarked;
