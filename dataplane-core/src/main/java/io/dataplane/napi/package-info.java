/**
 * Stage ②: polls receive queues with NAPI's budgets, asks the XDP hook, and hands what passes to
 * the device's handler or to the protocols. Before it: a driver's {@link
 * io.dataplane.device.RxQueue}; after it: {@code link}. Runs on the worker that owns the queue;
 * only {@link io.dataplane.napi.Napi#schedule} is for any thread.
 */
@NullMarked
package io.dataplane.napi;

import org.jspecify.annotations.NullMarked;
