/**
 * Text for people: tables, quantities, emphasis. Used by the command line and the demonstration;
 * knows nothing of either.
 */
@NullMarked
package io.dataplane.daemon.text;

import org.jspecify.annotations.NullMarked;
