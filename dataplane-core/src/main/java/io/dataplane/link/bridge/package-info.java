/**
 * The learning bridge ({@code net/bridge} in Linux): {@link io.dataplane.link.bridge.BridgePort}
 * takes the frames of a device (br_input.c), {@link io.dataplane.link.bridge.Fdb} knows where
 * addresses are (br_fdb.c), {@link io.dataplane.link.bridge.BridgeForward} sends them there
 * (br_forward.c).
 *
 * <p>Threads: every worker runs frames through a bridge at once. They share the FDB, which is read
 * without a lock; ports are a copy-on-write array.
 */
@NullMarked
package io.dataplane.link.bridge;

import org.jspecify.annotations.NullMarked;
