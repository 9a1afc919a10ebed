package io.dataplane.device;

import io.dataplane.packet.Cpu;

/**
 * What a worker gives a device to build its queues with.
 *
 * @param cpu the worker's per-CPU data
 * @param flushList where its queues enter themselves when they have something to flush
 */
public record WorkerContext(Cpu cpu, TxFlushList flushList) {}
