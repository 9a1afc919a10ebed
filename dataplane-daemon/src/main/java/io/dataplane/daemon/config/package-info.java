/**
 * The configuration file: YAML in, immutable records out, every problem reported at once.
 *
 * <p>{@link io.dataplane.daemon.config.ConfigLoader} is the way in. It composes the file into
 * SnakeYAML's node graph, which keeps the line and column of every key and value, and reads that
 * graph section by section: one {@code *Section} class for each mapping of the file, each turning
 * its part into a record and noting what is wrong on the way. Nothing stops at the first error, so
 * {@code dataplane check} shows a whole file's problems in one go.
 *
 * <p>Before it: the command line, which names the file. After it: {@code io.dataplane.daemon.run},
 * which builds the daemon from {@link io.dataplane.daemon.config.DaemonConfig}. {@code
 * config/dataplane.schema.json} describes the same keys for editors; a test holds the two together.
 *
 * <p>Runs on the thread that starts the daemon, before any worker exists; the records are immutable
 * and may be read from every thread.
 */
@NullMarked
package io.dataplane.daemon.config;

import org.jspecify.annotations.NullMarked;
