package io.dataplane.daemon.config;

import io.dataplane.runtime.DataplaneConfig;

/**
 * The frame slab that all devices share.
 *
 * @param frames frames of 2 KiB, each holds a packet of up to an ordinary MTU
 * @param blocks blocks of 64 KiB, each holds a packet that is not segmented yet
 */
public record MemoryConfig(int frames, int blocks) {

  /** What holds when the file does not say: 32 MiB of each. */
  public static final MemoryConfig DEFAULT =
      new MemoryConfig(DataplaneConfig.FRAMES_DEFAULT, DataplaneConfig.BLOCKS_DEFAULT);

  /** Memory that this takes, in KiB. */
  public long kibibytes() {
    return 2L * frames + 64L * blocks;
  }
}
