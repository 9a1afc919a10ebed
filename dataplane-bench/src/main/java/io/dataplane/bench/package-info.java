/** Benchmarks of the hot paths, and the comparison of the whole system with its peers. */
@NullMarked
package io.dataplane.bench;

import org.jspecify.annotations.NullMarked;
