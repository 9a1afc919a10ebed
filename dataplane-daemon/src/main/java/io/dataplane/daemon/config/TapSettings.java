package io.dataplane.daemon.config;

import io.dataplane.drivers.tap.TapIo;
import org.jspecify.annotations.Nullable;

/**
 * What only a TAP has.
 *
 * @param persistent whether the interface stays when the daemon ends
 * @param owner user name or id that may attach to the interface; null for nobody but the creator
 * @param group group name or id that may attach to the interface; null for none
 * @param io how frames cross into the kernel
 */
public record TapSettings(
    boolean persistent, @Nullable String owner, @Nullable String group, TapIo io) {

  /** What holds when the file does not say. */
  public static final TapSettings DEFAULT = new TapSettings(false, null, null, TapIo.AUTO);
}
