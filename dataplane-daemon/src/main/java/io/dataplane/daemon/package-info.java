/** The daemon around the stack: configuration, wiring, control socket, metrics and command line. */
@NullMarked
package io.dataplane.daemon;

import org.jspecify.annotations.NullMarked;
