/**
 * Beside stage ④: what a device cannot do for itself, done in software, so that a frame leaves a
 * port only in a form that this port takes. On the way in, {@link
 * io.dataplane.packet.offload.VnetHeaders} checks what a host claims of a frame and {@link
 * io.dataplane.packet.offload.Gro} merges segments; on the way out {@link
 * io.dataplane.packet.offload.SkbValidate} inserts tags, segments and completes checksums.
 *
 * <p>Neighbours: below it {@code packet}, {@code wire} and {@code memory}; above it {@code device}
 * and {@code napi}, which call it. Everywhere an SkBuff's data begins at its Ethernet header.
 *
 * <p>Thread: the worker that owns the packet. Nothing here allocates on the heap.
 */
@NullMarked
package io.dataplane.packet.offload;

import org.jspecify.annotations.NullMarked;
