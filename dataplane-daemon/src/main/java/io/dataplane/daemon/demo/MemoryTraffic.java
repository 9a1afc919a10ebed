package io.dataplane.daemon.demo;

import io.dataplane.daemon.demo.DemoNetwork.Traffic;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Traffic between hosts in memory, driven by a virtual thread that hands the hosts' work to their
 * worker.
 */
final class MemoryTraffic implements Traffic {

  private static final int BURST_FRAMES = 128;
  private static final int SETTLE_MS = 100;

  private final LongSupplier done;
  private final Supplier<List<Long>> roundTripsMicros;
  private volatile long tried;
  private volatile boolean over;

  private MemoryTraffic(LongSupplier done, Supplier<List<Long>> roundTripsMicros) {
    this.done = done;
    this.roundTripsMicros = roundTripsMicros;
  }

  /** Pings at an interval; the first one finds the neighbour's address out, and is not counted. */
  static MemoryTraffic pings(int count, Supplier<List<Long>> roundTrips, IntConsumer pinger) {
    int before = roundTrips.get().size();
    Supplier<List<Long>> mine = () -> roundTrips.get().subList(before, roundTrips.get().size());
    MemoryTraffic traffic = new MemoryTraffic(() -> mine.get().size(), mine);
    traffic.start(() -> {
      pinger.accept(0);
      TimeUnit.MILLISECONDS.sleep(DemoScript.PING_INTERVAL_MS);
      for (int sent = mine.get().size(), i = 1; i + sent <= count; i++) {
        pinger.accept(i);
        traffic.tried = (long) i + sent;
        TimeUnit.MILLISECONDS.sleep(DemoScript.PING_INTERVAL_MS);
      }
    });
    return traffic;
  }

  /** Bursts, each when the one before has been taken. */
  static MemoryTraffic bursts(long durationMs, MemoryHost sender, MemoryHost receiver) {
    long before = receiver.bytes();
    MemoryTraffic traffic = new MemoryTraffic(() -> receiver.bytes() - before, List::of);
    traffic.start(() -> {
      Semaphore taken = new Semaphore(0);
      long endNs = MemoryNetwork.CLOCK.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
      while (MemoryNetwork.CLOCK.nanoTime() - endNs < 0) {
        boolean accepted =
            sender
                .worker()
                .execute(() -> {
                  int _ = sender.burst(receiver, BURST_FRAMES);
                  taken.release();
                });
        if (accepted) {
          taken.acquire();
        }
      }
    });
    return traffic;
  }

  /** What may be interrupted, when the demonstration ends early. */
  private interface Play {
    void run() throws InterruptedException;
  }

  private void start(Play play) {
    Thread.ofVirtual()
        .name("demo-traffic")
        .start(() -> {
          try {
            play.run();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            over = true;
          }
        });
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public long done() {
    return done.getAsLong();
  }

  @Override
  public long tried() {
    return tried;
  }

  @Override
  public long medianMicros() {
    return Median.of(roundTripsMicros.get());
  }
}
