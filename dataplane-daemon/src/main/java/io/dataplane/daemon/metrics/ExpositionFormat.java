package io.dataplane.daemon.metrics;

import org.jspecify.annotations.Nullable;

/** In which of its two texts Prometheus gets its metrics. */
enum ExpositionFormat {
  /** Prometheus's own, version 0.0.4. */
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
  /** OpenMetrics 1.0. */
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  ExpositionFormat(String contentType) {
    this.contentType = contentType;
  }

  /** What a client accepts; Prometheus's own where it does not name OpenMetrics. */
  static ExpositionFormat accepted(@Nullable String acceptHeader) {
    boolean named = acceptHeader != null && acceptHeader.contains("application/openmetrics-text");
    return named ? OPENMETRICS : PROMETHEUS;
  }

  String contentType() {
    return contentType;
  }
}
