/**
 * Frames: one off-heap slab, a descriptor per frame beside it, and per-worker pools of frame
 * indices. Below every stage of the journey; knows nothing of packets.
 *
 * <p>A frame is an {@code int}. Frame {@code i} occupies {@value
 * io.dataplane.memory.FrameSlab#FRAME_SIZE} bytes from byte {@code i * 2048} of the slab; its
 * descriptor ({@link io.dataplane.memory.FrameTable}) says where its data begins, how long it is,
 * what hangs behind it and in which form (checksum, GSO) it is. A <em>block</em> is {@value
 * io.dataplane.memory.FrameSlab#BLOCK_FRAMES} consecutive frames used as one buffer, named by the
 * first; blocks carry what follows the head of a large frame.
 *
 * <p>Ownership: each frame belongs to one worker's {@link io.dataplane.memory.FramePool}. At any
 * moment one thread owns it; it crosses threads only through a {@link
 * io.dataplane.memory.FrameRing}, unshared, and returns to its home pool through one.
 */
@NullMarked
package io.dataplane.memory;

import org.jspecify.annotations.NullMarked;
