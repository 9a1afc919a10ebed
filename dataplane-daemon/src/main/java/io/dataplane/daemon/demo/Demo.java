package io.dataplane.daemon.demo;

import io.dataplane.daemon.config.LogConfig;
import io.dataplane.daemon.config.LogConfig.Format;
import io.dataplane.daemon.config.LogConfig.Level;
import io.dataplane.daemon.run.Logging;
import io.dataplane.daemon.run.Signals;
import io.dataplane.device.DeviceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the demonstration: over TAP interfaces where the machine allows it, else in memory. */
public final class Demo {

  private final DemoOptions options;
  private final Map<String, String> environment;

  /** A demonstration; nothing happens yet. */
  public Demo(DemoOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * Gives it, and removes everything again.
   *
   * @return whether all that was shown worked; what ends it early is no failure
   * @throws IOException if not even hosts in memory can be had
   */
  public boolean run() throws IOException, InterruptedException {
    if (NamespaceRun.isInside(environment)) {
      return inside();
    }
    if (options.inMemory()) {
      return inMemory();
    }
    Optional<Obstacle> obstacle = NamespaceRun.obstacle();
    if (obstacle.isEmpty()) {
      return NamespaceRun.again();
    }
    explain(obstacle.get());
    return inMemory();
  }

  /** Why it is not the real thing, and how it could be. */
  private void explain(Obstacle obstacle) {
    options
        .out()
        .println(options.style().yellow(obstacle.what()) + ", so the hosts are in memory.");
    if (!obstacle.remedies().isEmpty()) {
      options.out().println("To see it over TAP interfaces:");
      obstacle.remedies().forEach(remedy -> options.out().println("  " + remedy));
    }
    options.out().println();
  }

  private boolean inside() throws IOException, InterruptedException {
    NamespaceRun.endWithParent();
    prepare();
    Signals signals = Signals.take();
    TapNetwork network;
    try {
      network = TapNetwork.start(options.version(), NamespaceRun.isRealRoot(environment));
    } catch (IOException | DeviceException e) {
      explain(new Obstacle(String.valueOf(e.getMessage()), List.of()));
      return inMemory(signals);
    }
    return show(network, signals);
  }

  private boolean inMemory() throws IOException, InterruptedException {
    prepare();
    return inMemory(Signals.take());
  }

  private boolean inMemory(Signals signals) throws IOException, InterruptedException {
    try {
      return show(MemoryNetwork.start(options.version()), signals);
    } catch (DeviceException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private boolean show(DemoNetwork network, Signals signals)
      throws IOException, InterruptedException {
    try (network) {
      DemoScreen screen = options.redraws() ? new LiveScreen(options) : new PlainScreen(options);
      return new DemoScript(network, screen, signals).play(options.keep());
    }
  }

  /** Only what is wrong goes to the log, which shares the screen. */
  private static void prepare() {
    Logging.configure(new LogConfig(Level.WARN, Format.TEXT));
  }
}
