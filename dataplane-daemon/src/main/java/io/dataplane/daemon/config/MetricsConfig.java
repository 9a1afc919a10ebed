package io.dataplane.daemon.config;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP endpoint with metrics and health.
 *
 * @param listen where it listens; null when it is off
 */
public record MetricsConfig(@Nullable ListenAddress listen) {

  /**
   * What holds when the file does not say: the loopback address, as the endpoint knows no
   * passwords.
   */
  public static final MetricsConfig DEFAULT =
      new MetricsConfig(new ListenAddress("127.0.0.1", 9464));

  /** No endpoint at all. */
  public static final MetricsConfig OFF = new MetricsConfig(null);
}
