/** Stage 3 of a packet's way: eBPF programs decide on a frame before any SkBuff exists. */
@NullMarked
package io.dataplane.xdp;

import org.jspecify.annotations.NullMarked;
