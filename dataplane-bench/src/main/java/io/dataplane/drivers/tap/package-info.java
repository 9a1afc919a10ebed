/** Benchmarks of the TAP driver's inner parts, which are visible to their own package only. */
@NullMarked
package io.dataplane.drivers.tap;

import org.jspecify.annotations.NullMarked;
