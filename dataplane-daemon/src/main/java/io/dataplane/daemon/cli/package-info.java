/** The command line: one class per command of {@code bin/dataplane}. */
@NullMarked
package io.dataplane.daemon.cli;

import org.jspecify.annotations.NullMarked;
