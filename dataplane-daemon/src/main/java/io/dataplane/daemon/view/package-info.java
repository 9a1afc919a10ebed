/**
 * What listings show: plain records, the daemon's answers as its clients read them.
 *
 * <p>{@code io.dataplane.daemon.run} fills them from the stack's counters, {@code
 * io.dataplane.daemon.control} carries them as JSON, {@code io.dataplane.daemon.cli} draws them as
 * tables, or prints the JSON as it came. Names of components are therefore a contract with users of
 * {@code --json}: components may be added, not renamed. Units come last in a name; counters count
 * from the daemon's start and start anew with it.
 */
@NullMarked
package io.dataplane.daemon.view;

import org.jspecify.annotations.NullMarked;
