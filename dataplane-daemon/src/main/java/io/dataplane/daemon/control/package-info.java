/**
 * The control socket: how {@code dataplane status} and its like talk to a running daemon.
 *
 * <p>A Unix domain socket of mode 0600. One JSON object a line each way:
 *
 * <pre>
 *   {"request": "device", "args": {"name": "dp0"}}
 *   {"ok": true, "result": {...}}
 *   {"ok": false, "error": {"code": "not_found", "message": "no device is called `dp9`"}}
 * </pre>
 *
 * <p>{@link io.dataplane.daemon.control.ControlServer} is the daemon's end, {@link
 * io.dataplane.daemon.control.ControlClient} the command line's. What can be asked is not known
 * here: {@code io.dataplane.daemon.run} registers a {@link
 * io.dataplane.daemon.control.RequestHandler} by name, and a new command adds one more.
 *
 * <p>Nothing here runs on a worker. Each client has a virtual thread, and no client can hold up
 * another or the daemon: their number, the length of a line and the time to take an answer are all
 * bounded.
 */
@NullMarked
package io.dataplane.daemon.control;

import org.jspecify.annotations.NullMarked;
