package io.dataplane.daemon.config;

/**
 * The frame slab that all devices share.
 *
 * @param frames frames of 2 KiB
 */
public record MemoryConfig(int frames) {

  /** What holds when the file does not say: 32 MiB. */
  public static final MemoryConfig DEFAULT = new MemoryConfig(16_384);
}
