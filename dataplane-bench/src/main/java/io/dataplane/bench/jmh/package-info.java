/**
 * JMH benchmarks of the packet path's parts, all within one thread and one process. {@code
 * BenchMain} runs them; figures and the command that repeats them stand in docs/performance.md.
 */
@NullMarked
package io.dataplane.bench.jmh;

import org.jspecify.annotations.NullMarked;
