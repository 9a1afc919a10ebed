package io.dataplane.memory;

import io.dataplane.base.Checks;
import io.dataplane.base.Counter;

/**
 * One worker's share of the slab: two stacks of free indices, so that the buffer freed last, which
 * is still in the cache, is used next. Owned by that worker; another worker gives a frame back
 * through {@link FrameMemory}'s return rings.
 */
public final class FramePool {

  private final FrameMemory memory;
  private final FrameTable table;
  private final int worker;
  private final int blockBase;
  private final int[] freeFrames;
  private final int[] freeBlocks;
  private int frameCount;
  private int blockCount;

  private final Counter frameExhausted = new Counter();
  private final Counter blockExhausted = new Counter();
  private final Counter misuses = new Counter();

  FramePool(
      FrameMemory memory, int worker, int frameFrom, int frameTo, int blockFrom, int blockTo) {
    this.memory = memory;
    this.table = memory.slab().table();
    this.worker = worker;
    this.blockBase = memory.slab().frames();
    this.freeFrames = new int[frameTo - frameFrom];
    this.freeBlocks = new int[blockTo - blockFrom];
    for (int i = frameTo - 1; i >= frameFrom; i--) { // lowest index on top
      table.home(i, worker);
      freeFrames[frameCount++] = i;
    }
    for (int i = blockTo - 1; i >= blockFrom; i--) {
      int block = blockBase + i * FrameSlab.BLOCK_FRAMES;
      table.home(block, worker);
      freeBlocks[blockCount++] = block;
    }
  }

  /**
   * Takes a frame, with one reference on it and an undefined descriptor.
   *
   * @return the frame, or {@link FrameSlab#NONE} where none is free; that is counted
   */
  public int alloc() {
    if (frameCount == 0 && !reclaim(true)) {
      frameExhausted.increment();
      return FrameSlab.NONE;
    }
    int frame = freeFrames[--frameCount];
    table.refs(frame, 1);
    if (Checks.TRACK_ALLOCATIONS) {
      memory.leaks().allocated(frame);
    }
    return frame;
  }

  /**
   * Takes a 64 KiB block, with one reference on it and an undefined descriptor.
   *
   * @return the block, or {@link FrameSlab#NONE} where none is free; that is counted
   */
  public int allocBlock() {
    if (blockCount == 0 && !reclaim(false)) {
      blockExhausted.increment();
      return FrameSlab.NONE;
    }
    int block = freeBlocks[--blockCount];
    table.refs(block, 1);
    if (Checks.TRACK_ALLOCATIONS) {
      memory.leaks().allocated(block);
    }
    return block;
  }

  /**
   * Adds a reference ({@code get_page}).
   *
   * @param frame a frame or block in use
   */
  public void get(int frame) {
    int refs = table.refs(frame);
    if (refs <= 0) {
      misuse("reference to the free frame ", frame);
      return;
    }
    table.refs(frame, refs + 1);
  }

  /**
   * Drops a reference ({@code put_page}); the last one frees the buffer, wherever its home is.
   *
   * @param frame a frame or block in use
   */
  public void put(int frame) {
    int refs = table.refs(frame) - 1;
    if (refs > 0) {
      table.refs(frame, refs);
      return;
    }
    if (refs < 0) {
      misuse("double free of frame ", frame);
      return;
    }
    table.refs(frame, 0);
    int home = table.home(frame);
    if (home == worker) {
      push(frame);
    } else {
      memory.sendHome(worker, home, frame);
    }
  }

  /**
   * Drops one reference on a packet's head and on each buffer behind it.
   *
   * @param head the first buffer
   */
  public void putChain(int head) {
    int frame = head;
    while (frame != FrameSlab.NONE) {
      int next = table.next(frame);
      put(frame);
      frame = next;
    }
  }

  /**
   * Whether more than one holder has the buffer, so that its bytes must not be changed.
   *
   * @param frame a frame or block in use
   * @return true where shared
   */
  public boolean isShared(int frame) {
    return table.refs(frame) > 1;
  }

  /** Collects what other workers gave back. The worker calls it once a round. */
  public void drainReturns() {
    memory.drainReturns(worker, this);
  }

  void push(int frame) {
    if (frame >= blockBase) {
      freeBlocks[blockCount++] = frame;
    } else {
      freeFrames[frameCount++] = frame;
    }
  }

  private boolean reclaim(boolean frame) {
    drainReturns();
    return frame ? frameCount > 0 : blockCount > 0;
  }

  private void misuse(String what, int frame) {
    misuses.increment();
    if (Checks.STRICT) {
      throw new IllegalStateException(what + frame + " by worker " + worker);
    }
  }

  /**
   * The worker that owns this pool.
   *
   * @return its number, from 0
   */
  public int worker() {
    return worker;
  }

  /**
   * Free frames; exact on the owning thread, a moment old elsewhere.
   *
   * @return count
   */
  public int freeFrames() {
    return frameCount;
  }

  /**
   * Free blocks; exact on the owning thread, a moment old elsewhere.
   *
   * @return count
   */
  public int freeBlocks() {
    return blockCount;
  }

  /**
   * Frames that belong to this pool.
   *
   * @return count
   */
  public int frameCapacity() {
    return freeFrames.length;
  }

  /**
   * Blocks that belong to this pool.
   *
   * @return count
   */
  public int blockCapacity() {
    return freeBlocks.length;
  }

  /**
   * How often a frame was asked for and none was free.
   *
   * @return counter
   */
  public Counter frameExhausted() {
    return frameExhausted;
  }

  /**
   * How often a block was asked for and none was free.
   *
   * @return counter
   */
  public Counter blockExhausted() {
    return blockExhausted;
  }

  /**
   * Double frees and references to free frames that were refused.
   *
   * @return counter
   */
  public Counter misuses() {
    return misuses;
  }
}
