/** The rules of DESIGN.md about who may use whom, held by tests. */
@NullMarked
package io.dataplane.architecture;

import org.jspecify.annotations.NullMarked;
