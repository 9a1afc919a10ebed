package io.dataplane.daemon.run;

import io.dataplane.daemon.config.DaemonConfig;
import io.dataplane.daemon.control.RequestArgs;
import io.dataplane.daemon.control.RequestException;
import io.dataplane.daemon.control.RequestHandler;
import io.dataplane.daemon.view.BridgeView;
import io.dataplane.daemon.view.DeviceView;
import io.dataplane.daemon.view.Requests;
import io.dataplane.daemon.view.StatusView;
import io.dataplane.link.bridge.Bridge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the control socket answers. A new command adds its request here. */
final class ControlRequests {

  private static final double MILLISECONDS_A_SECOND = 1e3;

  private final DaemonConfig config;
  private final DaemonOptions options;
  private final StackViews views;
  private final StackHealth health;
  private final Supplier<Optional<String>> metricsUrl;
  private final Instant started = Instant.now();

  ControlRequests(
      DaemonConfig config,
      DaemonOptions options,
      StackViews views,
      StackHealth health,
      Supplier<Optional<String>> metricsUrl) {
    this.config = config;
    this.options = options;
    this.views = views;
    this.health = health;
    this.metricsUrl = metricsUrl;
  }

  Map<String, RequestHandler> handlers() {
    return Map.of(
        Requests.STATUS, _ -> status(),
        Requests.DEVICES, args -> named(args, views.devices(), DeviceView::name, "device"),
        Requests.WORKERS, _ -> views.workers(),
        Requests.BRIDGES, args -> named(args, views.bridges(), BridgeView::name, "bridge"),
        Requests.BRIDGE_FDB,
            args ->
                named(args, views.stackBridges(), Bridge::name, "bridge").stream()
                    .flatMap(StackViews::fdb)
                    .toList());
  }

  private StatusView status() {
    return new StatusView(
        options.version(),
        ProcessHandle.current().pid(),
        Duration.between(started, Instant.now()).toMillis() / MILLISECONDS_A_SECOND,
        health.state(),
        health.problems(),
        options.configFile(),
        config.control().socket().toString(),
        metricsUrl.get().orElse(null),
        config.poll().mode().name().toLowerCase(Locale.ROOT),
        views.workers(),
        views.devices(),
        views.bridges());
  }

  /** All items, or the one that is asked about. */
  private static <T> List<T> named(
      RequestArgs args, List<T> items, Function<T, String> nameOf, String noun)
      throws RequestException {
    Optional<String> name = args.text(Requests.NAME);
    if (name.isEmpty()) {
      return items;
    }
    List<T> found = items.stream().filter(item -> nameOf.apply(item).equals(name.get())).toList();
    if (found.isEmpty()) {
      throw new RequestException(
          RequestException.NOT_FOUND,
          "no %s is called `%s`; there is %s"
              .formatted(noun, name.get(), String.join(", ", items.stream().map(nameOf).toList())));
    }
    return found;
  }
}
