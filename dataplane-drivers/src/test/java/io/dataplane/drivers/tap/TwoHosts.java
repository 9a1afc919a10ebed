package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.device.DeviceException;
import io.dataplane.drivers.Await;
import io.dataplane.drivers.Command;
import io.dataplane.drivers.EpollPoller;
import io.dataplane.drivers.Needs;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import io.dataplane.runtime.Worker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Two hosts, each in a network namespace of its own, and a running dataplane that bridges them over
 * TAP devices. Closing it requires that nothing is left: no frame in use, no descriptor, no
 * interface, no namespace, and that no worker met a defect.
 */
final class TwoHosts implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String PREFIX =
      "dp" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);

  private final List<String> descriptorsBefore;
  private final Dataplane dataplane;
  private final Bridge bridge;
  private final TapHost left;
  private final TapHost right;

  private TwoHosts(Builder setup) throws DeviceException {
    descriptorsBefore = Needs.nativeDescriptors();
    dataplane = new Dataplane(setup.stack);
    int number = NUMBER.incrementAndGet();
    left = new TapHost(dataplane, setup.left.apply(config(number + "a", 0x0200_0000_7710L)), 1);
    right = new TapHost(dataplane, setup.right.apply(config(number + "b", 0x0200_0000_7720L)), 2);
    bridge = dataplane.addBridge("br0", setup.fdbEntriesMax, 300_000);
    for (TapHost host : List.of(left, right)) {
      bridge.addPort(host.device());
      dataplane.open(host.device());
      host.plugIn();
    }
    dataplane.start();
  }

  private static TapConfig config(String suffix, long mac) {
    return TapConfig.of(PREFIX + "x" + suffix, mac);
  }

  /** Hosts with what a device has unless configured. */
  static TwoHosts standard() throws DeviceException {
    return with().start();
  }

  /** Hosts to be configured. */
  static Builder with() {
    return new Builder();
  }

  TapHost left() {
    return left;
  }

  TapHost right() {
    return right;
  }

  Bridge bridge() {
    return bridge;
  }

  Dataplane dataplane() {
    return dataplane;
  }

  /** Waits until a host has reached the other one. */
  void awaitPing() {
    Await.until("the hosts reach each other", this::ping);
  }

  private boolean ping() {
    try {
      left.namespace().run("ping -q -c 1 -W 1 " + right.address());
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      dataplane.close(left.device());
      dataplane.close(right.device());
      Await.until("every frame is back", () -> dataplane.memory().leaks().inUse().isEmpty());
      for (Worker worker : dataplane.workers()) {
        assertThat(worker.stats().failures().get()).as("failed rounds").isZero();
        assertThat(worker.cpu().frames().misuses().get()).as("double frees").isZero();
      }
    } finally {
      dataplane.close();
      left.close();
      right.close();
    }
    assertThat(Needs.nativeDescriptors()).isEqualTo(descriptorsBefore);
    assertThat(Command.ip("netns list")).doesNotContain(PREFIX + "x");
    assertThat(Command.ip("link show")).doesNotContain(PREFIX + "x");
  }

  /** How the hosts and what is between them are to be. */
  static final class Builder {
    private DataplaneConfig stack =
        DataplaneConfig.defaults().withPollers(EpollPoller::new).withMemory(4096, 256);
    private UnaryOperator<TapConfig> left = UnaryOperator.identity();
    private UnaryOperator<TapConfig> right = UnaryOperator.identity();
    private int fdbEntriesMax = Bridge.FDB_ENTRIES_DEFAULT;

    private Builder() {}

    Builder left(UnaryOperator<TapConfig> change) {
      UnaryOperator<TapConfig> before = left;
      left = c -> change.apply(before.apply(c));
      return this;
    }

    Builder right(UnaryOperator<TapConfig> change) {
      UnaryOperator<TapConfig> before = right;
      right = c -> change.apply(before.apply(c));
      return this;
    }

    Builder both(UnaryOperator<TapConfig> change) {
      return left(change).right(change);
    }

    Builder workers(int count) {
      stack = stack.withWorkers(count);
      return this;
    }

    Builder memory(int frames, int blocks) {
      stack = stack.withMemory(frames, blocks);
      return this;
    }

    Builder poll(PollMode mode) {
      stack = stack.withPoll(PollConfig.defaults(mode));
      return this;
    }

    Builder fdbEntriesMax(int entries) {
      fdbEntriesMax = entries;
      return this;
    }

    TwoHosts start() throws DeviceException {
      Needs.tap();
      Needs.programs("ip", "ping", "sysctl");
      return new TwoHosts(this);
    }
  }
}
