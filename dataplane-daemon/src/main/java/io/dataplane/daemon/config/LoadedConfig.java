package io.dataplane.daemon.config;

import java.util.List;

/**
 * A file that can be run.
 *
 * @param config the settings, defaults filled in
 * @param warnings what is allowed but probably not meant, in the order of the file
 */
public record LoadedConfig(DaemonConfig config, List<Problem> warnings) {

  /** Copies the list. */
  public LoadedConfig {
    warnings = List.copyOf(warnings);
  }
}
