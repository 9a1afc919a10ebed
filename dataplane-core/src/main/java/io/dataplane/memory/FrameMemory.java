package io.dataplane.memory;

/**
 * The slab, divided among workers, and the rings by which a frame that ended its life at another
 * worker goes home. A return ring holds as many frames as its home owns, so it is never full and
 * giving back never fails.
 */
public final class FrameMemory implements AutoCloseable {

  private final FrameSlab slab;
  private final FramePool[] pools;
  private final FrameRing[][] returns; // [home][from]
  private final LeakCheck leaks;

  /**
   * Allocates the slab and shares it out evenly.
   *
   * @param frames frames in all, 64 .. 524,288, at least 64 a worker
   * @param blocks 64 KiB blocks in all
   * @param workers how many workers, 1 .. 64
   */
  public FrameMemory(int frames, int blocks, int workers) {
    if (workers < 1 || workers > 64 || frames / workers < 64) {
      throw new IllegalArgumentException(
          workers + " workers with " + frames + " frames: 1..64 workers, at least 64 frames each");
    }
    this.slab = new FrameSlab(frames, blocks);
    this.leaks = new LeakCheck(slab);
    this.pools = new FramePool[workers];
    this.returns = new FrameRing[workers][workers];
    for (int w = 0; w < workers; w++) {
      pools[w] =
          new FramePool(
              this,
              w,
              share(frames, w, workers),
              share(frames, w + 1, workers),
              share(blocks, w, workers),
              share(blocks, w + 1, workers));
      int owned = pools[w].frameCapacity() + pools[w].blockCapacity();
      for (int from = 0; from < workers; from++) {
        if (from != w) {
          returns[w][from] = new FrameRing(owned);
        }
      }
    }
  }

  private static int share(int total, int worker, int workers) {
    return (int) ((long) total * worker / workers);
  }

  void sendHome(int from, int home, int frame) {
    if (!returns[home][from].offer(frame)) {
      throw new IllegalStateException(
          "return ring of worker " + home + " is full: more frames than exist");
    }
  }

  void drainReturns(int home, FramePool pool) {
    for (int from = 0; from < pools.length; from++) {
      if (from != home) {
        FrameRing ring = returns[home][from];
        for (int f = ring.poll(); f != FrameSlab.NONE; f = ring.poll()) {
          pool.push(f);
        }
      }
    }
  }

  /**
   * The slab.
   *
   * @return the one slab of this memory
   */
  public FrameSlab slab() {
    return slab;
  }

  /**
   * A worker's pool.
   *
   * @param worker from 0
   * @return its pool, to be used by that worker's thread only
   */
  public FramePool pool(int worker) {
    return pools[worker];
  }

  /**
   * How many workers share the slab.
   *
   * @return count
   */
  public int workers() {
    return pools.length;
  }

  /**
   * The check that every frame came back.
   *
   * @return the leak check of this memory
   */
  public LeakCheck leaks() {
    return leaks;
  }

  @Override
  public void close() {
    slab.close();
  }
}
