package io.dataplane.daemon.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.dataplane.daemon.control.ControlStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;

/** The meters of the process: build, readiness, control socket, JVM. */
final class DaemonMeters {

  private DaemonMeters() {}

  static MeterGroup of(String version, Health health, MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.empty());
    group.gauge(
        "dataplane.build.info",
        "Always 1; the labels tell what runs.",
        () -> 1,
        "version",
        version,
        "java",
        System.getProperty("java.version", "unknown"));
    group.gauge(
        "dataplane.ready",
        "1 while every device forwards, else 0.",
        () -> health.problems().isEmpty() ? 1 : 0);
    return group;
  }

  static MeterGroup control(ControlStats stats, MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.empty());
    group.gauge("dataplane.control.clients", "Clients of the control socket.", stats::clients);
    group.counter("dataplane.control.accepted", "Control clients let in.", stats::accepted);
    group.counter(
        "dataplane.control.refused",
        "Control clients sent away because the limit was reached.",
        stats::refused);
    group.counter(
        "dataplane.control.timeouts",
        "Control clients cut off because they neither asked nor took their answer.",
        stats::timedOut);
    group.counter("dataplane.control.requests", "Control requests.", stats::requests);
    group.counter(
        "dataplane.control.failures", "Control requests answered with an error.", stats::failures);
    return group;
  }

  /**
   * Memory, garbage collection, threads, CPU, descriptors, uptime; named by Micrometer, but for two
   * names that break Prometheus's rules.
   *
   * @return what is to be closed in the end
   */
  static AutoCloseable jvm(MeterRegistry registry) {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    return gc;
  }

  /** What the filters above took away, by the names that Prometheus's own client libraries use. */
  static MeterGroup processor(MeterRegistry registry) {
    MeterGroup group = new MeterGroup(registry, Tags.empty());
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    group.seconds("process.cpu", "CPU time of the process.", system::getProcessCpuTime);
    group.gauge("system.cpus", "Processors that the JVM may use.", system::getAvailableProcessors);
    return group;
  }
}
