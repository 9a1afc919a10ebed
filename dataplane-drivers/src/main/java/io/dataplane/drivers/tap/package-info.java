/**
 * Stage ① for TAP devices ({@code drivers/net/tun.c}): a device whose other end is an interface of
 * the host. Frames come in by one scattered read each, straight into slab frames, and go out in
 * batches, by io_uring or by a call each.
 *
 * <p>Before it: the host. After it: {@code napi}, which polls {@link
 * io.dataplane.drivers.tap.TapRxQueue}. The control plane opens and stops a {@link
 * io.dataplane.drivers.tap.TapDevice}; each queue belongs to one worker.
 */
@NullMarked
package io.dataplane.drivers.tap;

import org.jspecify.annotations.NullMarked;
