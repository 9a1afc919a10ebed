package io.dataplane.daemon.run;

import io.dataplane.daemon.metrics.Health;
import io.dataplane.device.NetDevice;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the stack is; any thread may ask. */
final class StackHealth implements Health {

  /** How long a worker may take to look at its inbox; it never sleeps for longer than a second. */
  private static final long PATIENCE_MS = 2_000;

  /** Where the daemon is in its life. */
  enum Phase {
    STARTING,
    FORWARDING,
    STOPPING
  }

  private final Dataplane dataplane;
  private final List<NetDevice> expected = new CopyOnWriteArrayList<>();
  private volatile Phase phase = Phase.STARTING;

  StackHealth(Dataplane dataplane) {
    this.dataplane = dataplane;
  }

  /** A device that has to forward for the daemon to be ready. */
  void expect(NetDevice device) {
    expected.add(device);
  }

  void forwarding() {
    phase = Phase.FORWARDING;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  /** {@code starting}, {@code forwarding}, {@code degraded} or {@code stopping}. */
  String state() {
    return switch (phase) {
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case FORWARDING -> problems().isEmpty() ? "forwarding" : "degraded";
    };
  }

  /**
   * Gives each worker a task and waits for it to be taken; workers are alive before they are
   * started.
   */
  @Override
  public boolean isAlive() {
    if (phase != Phase.FORWARDING) {
      return true;
    }
    List<Worker> workers = dataplane.workers();
    CountDownLatch turned = new CountDownLatch(workers.size());
    for (Worker worker : workers) {
      boolean accepted = worker.execute(turned::countDown);
      if (!accepted) {
        return false;
      }
    }
    try {
      return turned.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public List<String> problems() {
    if (phase != Phase.FORWARDING) {
      return List.of("the daemon is " + state());
    }
    List<String> problems = new ArrayList<>();
    for (NetDevice dev : expected) { // not by name: the host may rename it
      addProblem(dev, problems);
    }
    return problems;
  }

  private static void addProblem(NetDevice dev, List<String> problems) {
    if (!dev.isUp()) {
      problems.add("device " + dev.name() + " is down; the log says why");
    } else if (!dev.hasCarrier()) {
      problems.add("device " + dev.name() + " has no carrier: its other end is down");
    }
  }
}
