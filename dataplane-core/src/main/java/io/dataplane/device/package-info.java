/**
 * Stages ① and the way out: what a network device is to the stack ({@code struct net_device}), its
 * receive and transmit queues, and the devices that need no operating system. Drivers extend {@link
 * io.dataplane.device.NetDevice} in {@code dataplane-drivers}. Before it on the way in: the driver;
 * after it: {@code napi}. On the way out everything above calls {@link
 * io.dataplane.device.DeviceXmit}.
 *
 * <p>Threads: open, stop and settings belong to the control plane; each queue belongs to one
 * worker.
 */
@NullMarked
package io.dataplane.device;

import org.jspecify.annotations.NullMarked;
