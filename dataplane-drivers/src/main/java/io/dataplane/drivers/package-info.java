/** Stage 1 of a packet's way: device drivers fill frames of the slab and never build an SkBuff. */
@NullMarked
package io.dataplane.drivers;

import org.jspecify.annotations.NullMarked;
