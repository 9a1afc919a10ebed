package io.dataplane.runtime;

import io.dataplane.base.Clock;
import java.util.function.Supplier;

/**
 * What a stack is built with.
 *
 * @param workers threads, 1 .. 64
 * @param frames 2 KiB frames in all
 * @param blocks 64 KiB blocks in all
 * @param poll how workers poll
 * @param clock time
 * @param pollers makes each worker's poller
 * @param seed for whatever is random; the same seed and inputs give the same run under a virtual
 *     clock
 */
public record DataplaneConfig(
    int workers,
    int frames,
    int blocks,
    PollConfig poll,
    Clock clock,
    Supplier<EventPoller> pollers,
    long seed) {

  /** Frames unless configured: 32 MiB. */
  public static final int FRAMES_DEFAULT = 16_384;

  /** Blocks unless configured: 32 MiB, a full poll of 64 KiB packets from each of eight devices. */
  public static final int BLOCKS_DEFAULT = 512;

  /**
   * A stack of one adaptive worker over in-memory devices, on the machine's clock.
   *
   * @return the defaults, to be changed with the {@code with} methods
   */
  public static DataplaneConfig defaults() {
    return new DataplaneConfig(
        1,
        FRAMES_DEFAULT,
        BLOCKS_DEFAULT,
        PollConfig.defaults(PollMode.ADAPTIVE),
        Clock.system(),
        ParkingPoller::new,
        System.nanoTime());
  }

  /**
   * The same with another number of workers.
   *
   * @param n 1 .. 64
   * @return a copy
   */
  public DataplaneConfig withWorkers(int n) {
    return new DataplaneConfig(n, frames, blocks, poll, clock, pollers, seed);
  }

  /**
   * The same with other memory.
   *
   * @param newFrames 2 KiB frames in all
   * @param newBlocks 64 KiB blocks in all
   * @return a copy
   */
  public DataplaneConfig withMemory(int newFrames, int newBlocks) {
    return new DataplaneConfig(workers, newFrames, newBlocks, poll, clock, pollers, seed);
  }

  /**
   * The same with another way of polling.
   *
   * @param newPoll how workers poll
   * @return a copy
   */
  public DataplaneConfig withPoll(PollConfig newPoll) {
    return new DataplaneConfig(workers, frames, blocks, newPoll, clock, pollers, seed);
  }

  /**
   * The same on another clock and seed, as a simulation wants.
   *
   * @param newClock time
   * @param newSeed for whatever is random
   * @return a copy
   */
  public DataplaneConfig withClock(Clock newClock, long newSeed) {
    return new DataplaneConfig(workers, frames, blocks, poll, newClock, pollers, newSeed);
  }

  /**
   * The same with other pollers.
   *
   * @param newPollers makes each worker's poller
   * @return a copy
   */
  public DataplaneConfig withPollers(Supplier<EventPoller> newPollers) {
    return new DataplaneConfig(workers, frames, blocks, poll, clock, newPollers, seed);
  }
}
