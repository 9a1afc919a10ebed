package io.dataplane.packet;

import io.dataplane.base.DropCounters;
import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FramePool;

/**
 * What one worker owns of the packet path: to the code above, a worker is a CPU and this is its
 * per-CPU data. Used by that worker's thread only.
 */
public final class Cpu {

  private final int id;
  private final FrameMemory memory;
  private final FramePool frames;
  private final DropCounters drops = new DropCounters();
  private final SkBuffPool skbs;
  private long nowNs;

  /**
   * Makes the per-CPU data of a worker.
   *
   * @param id the worker's number, from 0
   * @param memory the memory that has a pool for it
   * @param skbsMax SkBuffs it may have in use at a time
   */
  public Cpu(int id, FrameMemory memory, int skbsMax) {
    this.id = id;
    this.memory = memory;
    this.frames = memory.pool(id);
    this.skbs = new SkBuffPool(this, skbsMax);
  }

  /**
   * The worker's number ({@code smp_processor_id}).
   *
   * @return from 0
   */
  public int id() {
    return id;
  }

  /**
   * The memory that all workers share.
   *
   * @return slab and pools
   */
  public FrameMemory memory() {
    return memory;
  }

  /**
   * This worker's frames.
   *
   * @return its pool
   */
  public FramePool frames() {
    return frames;
  }

  /**
   * This worker's SkBuffs.
   *
   * @return its pool
   */
  public SkBuffPool skbs() {
    return skbs;
  }

  /**
   * This worker's drops.
   *
   * @return counters by device and reason
   */
  public DropCounters drops() {
    return drops;
  }

  /**
   * The time as the worker read it at the start of this round.
   *
   * @return monotonic nanoseconds
   */
  public long nowNs() {
    return nowNs;
  }

  /**
   * Sets the round's time; the worker's loop does.
   *
   * @param nowNs monotonic nanoseconds
   */
  public void nowNs(long nowNs) {
    this.nowNs = nowNs;
  }
}
