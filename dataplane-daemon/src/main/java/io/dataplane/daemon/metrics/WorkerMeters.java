package io.dataplane.daemon.metrics;

import io.dataplane.base.Counter;
import io.dataplane.memory.FramePool;
import io.dataplane.packet.SkBuffPool;
import io.dataplane.runtime.Worker;
import io.dataplane.runtime.WorkerStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.IntSupplier;

/** The meters of one worker and of its share of the memory. */
final class WorkerMeters {

  private WorkerMeters() {}

  static MeterGroup of(Worker worker, MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.of("worker", Integer.toString(worker.id())));
    time(group, worker.stats());
    work(group, worker);
    memory(group, worker);
    return group;
  }

  private static void time(MeterGroup group, WorkerStats stats) {
    group.seconds(
        "dataplane.worker.busy",
        "Time in rounds that found work; its rate is the worker's busy share.",
        stats.busyNs()::get);
    group.seconds("dataplane.worker.sleep", "Time asleep.", stats.sleepNs()::get);
    group.counter(
        "dataplane.worker.sleeps", "Times the worker went to sleep.", stats.sleeps()::get);
    group.counter("dataplane.worker.loops", "Turns of the worker's loop.", stats.loops()::get);
  }

  private static void work(MeterGroup group, Worker worker) {
    group.counter(
        "dataplane.worker.rounds", "Rounds that polled anything.", worker.softNet().rounds()::get);
    group.counter(
        "dataplane.worker.frames",
        "Frames taken from receive queues.",
        worker.softNet().processed()::get);
    group.counter(
        "dataplane.worker.time.squeezes",
        "Rounds that ended by budget or time with work left.",
        worker.softNet().timeSqueeze()::get);
    group.counter(
        "dataplane.worker.tasks",
        "Tasks taken from other threads.",
        worker.stats().inboxRuns()::get);
    group.counter(
        "dataplane.worker.failures",
        "Rounds that ended by a defect of the program; its log says more.",
        worker.stats().failures()::get);
  }

  private static void memory(MeterGroup group, Worker worker) {
    FramePool frames = worker.cpu().frames();
    SkBuffPool skbs = worker.cpu().skbs();
    pool(group, "frames", frames::freeFrames, frames.frameCapacity(), frames.frameExhausted());
    pool(group, "blocks", frames::freeBlocks, frames.blockCapacity(), frames.blockExhausted());
    pool(group, "skbs", skbs::available, skbs.capacity(), skbs.exhausted());
    group.counter(
        "dataplane.pool.misuses",
        "Double frees and references to free frames that were refused.",
        frames.misuses()::get);
  }

  private static void pool(
      MeterGroup group, String pool, IntSupplier free, int capacity, Counter exhausted) {
    group.gauge(
        "dataplane.pool.free", "Buffers free in the worker's pool.", free::getAsInt, "pool", pool);
    group.gauge(
        "dataplane.pool.capacity",
        "Buffers of the worker's pool, free or not.",
        () -> capacity,
        "pool",
        pool);
    group.counter(
        "dataplane.pool.exhausted",
        "Times a buffer was wanted and none was free.",
        exhausted::get,
        "pool",
        pool);
  }
}
