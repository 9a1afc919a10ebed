package io.dataplane.daemon.demo;

import io.dataplane.base.Clock;
import io.dataplane.daemon.demo.DemoNetwork.Host;
import io.dataplane.daemon.demo.DemoNetwork.Traffic;
import io.dataplane.daemon.demo.DemoStep.State;
import io.dataplane.daemon.run.Signals;
import io.dataplane.daemon.text.Human;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The play: pings, a transfer each way, and a summary. With {@code keep} it then goes on pinging.
 */
final class DemoScript {

  /** Time between two pings. */
  static final int PING_INTERVAL_MS = 50;

  private static final int PINGS = 60;
  private static final long TRANSFER_MS = 4_000;
  private static final long BYTES_MIN = 1_000_000;
  private static final long FRAME_MS = 250;

  /** Far longer than a step takes; past it, something hangs. */
  private static final double STEP_SECONDS_MAX = 30;

  private static final double SECONDS_MIN = 0.001;
  private static final double NANOSECONDS_A_SECOND = 1e9;
  private static final double MICROSECONDS_A_MILLISECOND = 1e3;

  private final DemoNetwork network;
  private final DemoScreen screen;
  private final Signals signals;
  private final Rates rates;
  private final Clock clock = Clock.system();
  private final long startNs = clock.nanoTime();
  private final List<DemoStep> steps = new ArrayList<>();

  DemoScript(DemoNetwork network, DemoScreen screen, Signals signals) {
    this.network = network;
    this.screen = screen;
    this.signals = signals;
    this.rates = new Rates(network.dataplane(), network.ports());
    steps.add(DemoStep.waiting("host B answers host A's pings"));
    steps.add(DemoStep.waiting("host A sends to host B"));
    steps.add(DemoStep.waiting("host B sends to host A"));
  }

  /** Something that makes traffic. */
  private interface Starter {
    Traffic start() throws IOException;
  }

  /** Plays; returns whether all that was played worked. */
  boolean play(boolean keep) throws InterruptedException {
    screen.open(network.description());
    step(0, () -> network.ping(PINGS), this::pings, t -> t.tried() > 0 && t.done() == t.tried());
    step(1, () -> network.send(Host.A, TRANSFER_MS), this::bytes, t -> t.done() >= BYTES_MIN);
    step(2, () -> network.send(Host.B, TRANSFER_MS), this::bytes, t -> t.done() >= BYTES_MIN);
    boolean stopped = isStopped();
    boolean worked = steps.stream().noneMatch(step -> step.state() == State.FAILED);
    if (keep && !stopped) {
      stay();
    }
    screen.close(summary(worked, stopped), worked);
    return worked;
  }

  private void step(int number, Starter starter, Result result, Verdict verdict)
      throws InterruptedException {
    if (isStopped()) {
      return;
    }
    long beganNs = clock.nanoTime();
    DemoStep step = steps.get(number);
    try {
      Traffic traffic = starter.start();
      while (!traffic.isOver() && !isStopped()) {
        steps.set(number, step.now(State.RUNNING, result.text(traffic, secondsSince(beganNs))));
        draw();
        if (secondsSince(beganNs) > STEP_SECONDS_MAX) {
          throw new IOException("no end after " + (int) STEP_SECONDS_MAX + " s");
        }
      }
      State state = verdict.passed(traffic) ? State.PASSED : State.FAILED;
      String text = result.text(traffic, secondsSince(beganNs));
      steps.set(number, step.now(isStopped() ? State.RUNNING : state, text));
    } catch (IOException | UncheckedIOException e) {
      // Ctrl-C ends the hosts' processes too; what they did not do then is no failure.
      steps.set(
          number,
          step.now(isStopped() ? State.RUNNING : State.FAILED, String.valueOf(e.getMessage())));
    }
    screen.stepEnded(steps.get(number));
    draw();
  }

  /** What traffic has come to. */
  private interface Result {
    String text(Traffic traffic, double seconds);
  }

  /** Whether traffic did what it should. */
  private interface Verdict {
    boolean passed(Traffic traffic);
  }

  private String pings(Traffic traffic, double seconds) {
    return String.format(
        Locale.ROOT,
        "%d of %d answered, median %.2f ms",
        traffic.done(),
        traffic.tried(),
        traffic.medianMicros() / MICROSECONDS_A_MILLISECOND);
  }

  private String bytes(Traffic traffic, double seconds) {
    double bytes = (double) traffic.done();
    double bits = 8 * bytes;
    return Human.rate(bytes, "B")
        + ", "
        + Human.rate(bits / Math.max(seconds, SECONDS_MIN), "bit/s");
  }

  /** Shows the counters until the user has seen enough, with a little traffic to look at. */
  private void stay() throws InterruptedException {
    screen.staying(network.hints());
    while (!isStopped()) {
      try {
        Traffic traffic = network.ping(PINGS);
        while (!traffic.isOver() && !isStopped()) {
          draw();
        }
      } catch (IOException | UncheckedIOException e) {
        return; // the hosts have gone, as after Ctrl-C
      }
    }
  }

  /** Draws, and waits until the next time; ends early when the user has seen enough. */
  private void draw() throws InterruptedException {
    boolean _ = signals.await(FRAME_MS);
    screen.draw(
        new DemoScreen.Picture(
            secondsSince(startNs),
            List.copyOf(steps),
            rates.sample(),
            network.dataplane().bridges().getFirst().fdbCount(),
            network.dataplane().workers().getFirst().cpu().frames().freeFrames(),
            network.dataplane().workers().getFirst().cpu().frames().frameCapacity()));
  }

  /** Stopped by the user, who may also just have closed the terminal. */
  private boolean isStopped() {
    return signals.isAsked() || screen.isGone();
  }

  private double secondsSince(long thenNs) {
    return (clock.nanoTime() - thenNs) / NANOSECONDS_A_SECOND;
  }

  private String summary(boolean worked, boolean stopped) {
    String time = Human.duration(secondsSince(startNs));
    if (stopped) {
      return "stopped after " + time;
    }
    return worked ? "all of it worked, in " + time : "not all of it worked; see above";
  }
}
