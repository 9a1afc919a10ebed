package io.dataplane.daemon.config;

import io.dataplane.daemon.config.LogConfig.Format;
import io.dataplane.daemon.config.LogConfig.Level;
import io.dataplane.napi.Napi;
import io.dataplane.napi.SoftNet;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The file as a whole, and its small sections. */
final class RootSection {

  static final List<String> KEYS =
      List.of(
          "workers", "poll", "memory", "metrics", "control", "log", "devices", "bridges", "xdp");
  static final List<String> POLL_KEYS = List.of("mode", "weight", "budget", "timeLimit", "spin");
  static final List<String> MEMORY_KEYS = List.of("frames", "blocks");
  static final List<String> METRICS_KEYS = List.of("listen");
  static final List<String> CONTROL_KEYS = List.of("socket");
  static final List<String> LOG_KEYS = List.of("level", "format");

  static final SequencedMap<String, PollMode> MODES = Words.of(PollMode.class);
  static final SequencedMap<String, Level> LEVELS = Words.of(Level.class);
  static final SequencedMap<String, Format> FORMATS = Words.of(Format.class);

  private final Map<String, String> environment;

  RootSection(Map<String, String> environment) {
    this.environment = environment;
  }

  DaemonConfig read(Value file) {
    Section root = Section.open(file, KEYS);
    int workers = root.integer("workers", Limits.WORKERS, DaemonConfig.WORKERS_DEFAULT);
    DevicesSection devices = DevicesSection.read(root);
    BridgesSection bridges = BridgesSection.read(root, devices.names());
    XdpSection.read(root, devices.names());
    return new DaemonConfig(
        workers,
        poll(root.child("poll", POLL_KEYS)),
        memory(root.child("memory", MEMORY_KEYS), workers),
        metrics(root),
        control(root.child("control", CONTROL_KEYS)),
        log(root.child("log", LOG_KEYS)),
        devices.configs(),
        bridges.configs());
  }

  private static PollConfig poll(Section poll) {
    return new PollConfig(
        poll.choice("mode", MODES, PollMode.ADAPTIVE),
        poll.integer("weight", Limits.POLL_WEIGHT, Napi.WEIGHT_DEFAULT),
        poll.integer("budget", Limits.POLL_BUDGET, SoftNet.BUDGET_DEFAULT),
        nanoseconds(poll, "timeLimit", Limits.POLL_TIME_LIMIT, SoftNet.TIME_LIMIT_DEFAULT_NS),
        nanoseconds(poll, "spin", Limits.POLL_SPIN, PollConfig.SPIN_DEFAULT_NS));
  }

  private static long nanoseconds(
      Section section, String key, DurationRange range, long byDefaultNs) {
    return section.duration(key, range, Duration.ofNanos(byDefaultNs)).toNanos();
  }

  private static MemoryConfig memory(Section section, int workers) {
    MemoryConfig memory =
        new MemoryConfig(
            section.integer("frames", Limits.MEMORY_FRAMES, MemoryConfig.DEFAULT.frames()),
            section.integer("blocks", Limits.MEMORY_BLOCKS, MemoryConfig.DEFAULT.blocks()));
    if (memory.kibibytes() > Limits.MEMORY_KIB_MAX) {
      section
          .self()
          .error(
              "frames and blocks take %d MiB".formatted(memory.kibibytes() >> 10),
              "use at most %d MiB in all".formatted(Limits.MEMORY_KIB_MAX >> 10));
    }
    int framesMin = workers * Limits.MEMORY_FRAMES_PER_WORKER_MIN;
    if (memory.frames() < framesMin) {
      section
          .self()
          .error(
              "%d frames are too few for %d workers".formatted(memory.frames(), workers),
              "use at least %d frames".formatted(framesMin));
    }
    return memory;
  }

  /** Off is said as {@code metrics: off} or as {@code metrics: { listen: off }}. */
  private static MetricsConfig metrics(Section root) {
    if (root.value("metrics").filter(Value::isOff).isPresent()) {
      return MetricsConfig.OFF;
    }
    return root.child("metrics", METRICS_KEYS)
        .value("listen")
        .map(RootSection::listen)
        .orElse(MetricsConfig.DEFAULT);
  }

  private static MetricsConfig listen(Value value) {
    if (value.isOff()) {
      return MetricsConfig.OFF;
    }
    String text = value.text("an address and port").orElse(null);
    if (text == null) {
      return MetricsConfig.DEFAULT;
    }
    ListenAddress listen = ListenAddress.parse(text).orElse(null);
    if (listen == null) {
      value.error(
          "`" + text + "` is no address to listen on",
          "write ADDRESS:PORT with a literal address, such as 127.0.0.1:9464 or [::1]:9464, or"
              + " off");
      return MetricsConfig.DEFAULT;
    }
    if (!listen.isLoopback()) {
      value.warning(
          "the metrics can be read from other machines, without a password",
          "listen on 127.0.0.1 unless that is meant");
    }
    return new MetricsConfig(listen);
  }

  private ControlConfig control(Section control) {
    return control
        .value("socket")
        .flatMap(SocketPaths::read)
        .map(ControlConfig::new)
        .orElseGet(() -> new ControlConfig(SocketPaths.byDefault(environment)));
  }

  private static LogConfig log(Section log) {
    return new LogConfig(
        log.choice("level", LEVELS, LogConfig.DEFAULT.level()),
        log.choice("format", FORMATS, LogConfig.DEFAULT.format()));
  }
}
