/**
 * What Prometheus and load balancers ask: {@code /metrics}, {@code /healthz}, {@code /readyz}.
 *
 * <p>{@link io.dataplane.daemon.metrics.MetricsServer} answers HTTP, {@link
 * io.dataplane.daemon.metrics.Metrics} keeps the meters. A meter here stores nothing: at each
 * scrape it reads the stack's single-writer counters, which costs the workers nothing at all.
 * Devices and bridges that came or went since the last scrape get or lose their meters before it.
 *
 * <p>Names follow Prometheus's conventions: {@code dataplane_} first, base units (seconds, bytes),
 * {@code _total} for counters. They are a contract with dashboards; a test holds {@code
 * deploy/grafana/dataplane.json} to them.
 *
 * <p>Runs on virtual threads of its own, one a request; never on a worker.
 */
@NullMarked
package io.dataplane.daemon.metrics;

import org.jspecify.annotations.NullMarked;
