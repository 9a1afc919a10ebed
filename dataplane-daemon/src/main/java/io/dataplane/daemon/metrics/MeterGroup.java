package io.dataplane.daemon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Meters that come and go together, such as those of one device. */
final class MeterGroup implements AutoCloseable {

  private static final double NANOSECONDS_A_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();

  /** What the meters read; held here because Micrometer itself holds it weakly. */
  private final List<Object> sources = new ArrayList<>();

  MeterGroup(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  /** A counter; Prometheus sees its name with {@code _total}. */
  void counter(String name, String help, LongSupplier source, String... moreTags) {
    counter(name, help, null, source::getAsLong, moreTags);
  }

  /** A counter of bytes. */
  void bytes(String name, String help, LongSupplier source, String... moreTags) {
    counter(name, help, "bytes", source::getAsLong, moreTags);
  }

  /** A counter of time; the source counts nanoseconds, Prometheus sees seconds. */
  void seconds(String name, String help, LongSupplier sourceNs, String... moreTags) {
    counter(name, help, "seconds", () -> sourceNs.getAsLong() / NANOSECONDS_A_SECOND, moreTags);
  }

  private void counter(
      String name, String help, @Nullable String unit, DoubleSupplier source, String... moreTags) {
    sources.add(source);
    meters.add(
        FunctionCounter.builder(name, source, DoubleSupplier::getAsDouble)
            .description(help)
            .baseUnit(unit)
            .tags(tags.and(moreTags))
            .register(registry));
  }

  /** A value that goes up and down. */
  void gauge(String name, String help, DoubleSupplier source, String... moreTags) {
    sources.add(source);
    meters.add(
        Gauge.builder(name, source, DoubleSupplier::getAsDouble)
            .description(help)
            .tags(tags.and(moreTags))
            .register(registry));
  }

  /** Takes every meter of the group out of the registry. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
    sources.clear();
  }
}
