/**
 * Stage ④: the {@link io.dataplane.packet.SkBuff}, which adopts a received frame without a copy and
 * carries it through the stack, with the kernel's operations and names. Before it: {@code napi} and
 * the XDP hook, which see frames only. After it: {@code link} and all above; the way out passes
 * {@code device}.
 *
 * <p>Thread: everything here belongs to one worker, its {@link io.dataplane.packet.Cpu}. An SkBuff
 * never leaves its worker; frames do, by {@link io.dataplane.packet.SkBuff#detach}.
 */
@NullMarked
package io.dataplane.packet;

import org.jspecify.annotations.NullMarked;
