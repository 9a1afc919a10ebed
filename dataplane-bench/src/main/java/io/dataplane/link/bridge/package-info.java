/** Benchmarks of the bridge's inner parts, which are visible to their own package only. */
@NullMarked
package io.dataplane.link.bridge;

import org.jspecify.annotations.NullMarked;
