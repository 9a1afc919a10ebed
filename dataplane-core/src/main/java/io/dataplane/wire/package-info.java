/**
 * Wire formats: one flyweight a header, stateless, read and written in place over {@code
 * (MemorySegment memory, long position)}. Beside {@code memory}, below every stage of the journey.
 *
 * <p>A flyweight opens with the wire diagram and its RFC; offsets are constants, accessors static,
 * multi-byte fields big-endian and unaligned. Accessors trust their position: a caller first learns
 * from {@link io.dataplane.wire.HeaderOffsets} or a flyweight's {@code check} that the header lies
 * inside the packet. What lies outside the segment throws {@link IndexOutOfBoundsException}.
 *
 * <p>Thread: everything here is stateless and allocates nothing; the bytes belong to whoever owns
 * the frame.
 */
@NullMarked
package io.dataplane.wire;

import org.jspecify.annotations.NullMarked;
