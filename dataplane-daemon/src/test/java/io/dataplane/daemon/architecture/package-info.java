/** Holds the arrows between modules, which only the topmost of them sees whole. */
@NullMarked
package io.dataplane.daemon.architecture;

import org.jspecify.annotations.NullMarked;
