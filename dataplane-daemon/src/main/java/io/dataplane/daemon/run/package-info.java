/**
 * The daemon itself: from a configuration to a running stack with its control socket and metrics,
 * and back to nothing.
 *
 * <p>{@link io.dataplane.daemon.run.Daemon} is the order in which the parts come up and go down.
 * {@link io.dataplane.daemon.run.DeviceFactory} is where drivers come in, so that tests and the
 * demonstration run the same daemon over devices in memory. {@link
 * io.dataplane.daemon.run.ControlRequests} is what the control socket answers.
 *
 * <p>Before it: {@code config} and {@code cli}. It uses {@code control}, {@code metrics} and the
 * stack of {@code io.dataplane.runtime}. Everything here runs on the main thread, or on the threads
 * of the control socket and the metrics endpoint, which read counters only; workers belong to the
 * stack.
 */
@NullMarked
package io.dataplane.daemon.run;

import org.jspecify.annotations.NullMarked;
