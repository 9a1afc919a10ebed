package io.dataplane.daemon.config;

/**
 * The frame slab that all devices share.
 *
 * @param frames frames of 2 KiB, each holds a packet of up to an ordinary MTU
 * @param blocks blocks of 64 KiB, each holds a packet that is not segmented yet
 */
public record MemoryConfig(int frames, int blocks) {

  /** What holds when the file does not say: 32 MiB of each. */
  public static final MemoryConfig DEFAULT = new MemoryConfig(16_384, 512);
}
