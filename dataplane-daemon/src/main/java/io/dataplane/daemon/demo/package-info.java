/**
 * {@code dataplane demo}: the daemon at work on a machine that knows nothing of it, without root.
 *
 * <p>{@link io.dataplane.daemon.demo.Demo} first finds out what the machine allows. Where it can,
 * it starts itself again in a user and network namespace of its own ({@link
 * io.dataplane.daemon.demo.NamespaceRun}), in which it is root: there {@link
 * io.dataplane.daemon.demo.TapNetwork} runs the very daemon of {@code dataplane run} over two TAP
 * interfaces, and moves each into the namespace of a host, which is a process of its own ({@link
 * io.dataplane.daemon.demo.HostAgent}). The hosts' traffic is the kernel's: ICMP echo and TCP.
 * Where it cannot, {@link io.dataplane.daemon.demo.MemoryNetwork} does the same between hosts in
 * memory.
 *
 * <p>{@link io.dataplane.daemon.demo.DemoScript} is the play, {@link
 * io.dataplane.daemon.demo.DemoScreen} draws it. All of it runs on the main thread; nothing is left
 * behind when the process ends, however it ends, since namespaces and TAP interfaces vanish with
 * the processes that hold them.
 */
@NullMarked
package io.dataplane.daemon.demo;

import org.jspecify.annotations.NullMarked;
