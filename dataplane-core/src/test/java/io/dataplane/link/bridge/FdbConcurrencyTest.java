package io.dataplane.link.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forwarding database that several workers and the control plane use at once. */
@Timeout(120)
class FdbConcurrencyTest {

  private static final int STABLE = 64;
  private static final int ENTRIES_MAX = 512;
  private static final int OPERATIONS = 400_000;
  private static final long STABLE_BASE = 0x0200_0000_0000L;
  private static final long CHURN_BASE = 0x0200_0100_0000L;

  private final AtomicLong nowMs = new AtomicLong(1000);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<String> wrong = new AtomicReference<>("");
  private final AtomicLong found = new AtomicLong();

  private static int portOf(int stable) {
    return 1 + stable % 4;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aStableAddressIsNeverBehindAWrongPortAndTheBoundHolds(long seed) throws Exception {
    Fdb fdb = new Fdb(ENTRIES_MAX, 1000, seed);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      SplittableRandom random = new SplittableRandom(seed * 100 + w);
      threads.add(new Thread(() -> work(fdb, random), "worker-" + w));
    }
    Thread control = new Thread(() -> control(fdb, new SplittableRandom(seed)), "control");
    threads.forEach(Thread::start);
    control.start();
    for (Thread t : threads) {
      t.join();
    }
    stop.set(true);
    control.join();
    assertThat(wrong.get()).as("seed %d", seed).isEmpty();
    assertThat(found.get()).isPositive();
    assertThat(fdb.count()).isBetween(0, ENTRIES_MAX);
    assertThat(countedByVisit(fdb)).isLessThanOrEqualTo(fdb.count());
    fdb.age(nowMs.get() + 10_000, Fdb.UNKNOWN, false);
    assertThat(fdb.count()).isZero();
  }

  private void work(Fdb fdb, SplittableRandom random) {
    for (int i = 0; i < OPERATIONS; i++) {
      int s = random.nextInt(STABLE);
      long now = nowMs.get();
      switch (random.nextInt(4)) {
        case 0 -> fdb.learn(STABLE_BASE + s, 0, portOf(s), now);
        case 1 -> check(fdb.lookup(STABLE_BASE + s, 0, now), s);
        case 2 -> fdb.learn(CHURN_BASE + random.nextInt(4096), 0, random.nextInt(1, 9), now);
        default -> fdb.lookup(CHURN_BASE + random.nextInt(4096), 0, now);
      }
      if (fdb.count() > ENTRIES_MAX) {
        wrong.compareAndSet("", fdb.count() + " entries");
      }
    }
  }

  private void check(int port, int stable) {
    if (port == portOf(stable)) {
      found.incrementAndGet();
    } else if (port != Fdb.UNKNOWN) {
      wrong.compareAndSet("", "address " + stable + " behind port " + port);
    }
  }

  private void control(Fdb fdb, SplittableRandom random) {
    while (!stop.get()) {
      nowMs.addAndGet(random.nextInt(50));
      switch (random.nextInt(3)) {
        case 0 -> fdb.age(nowMs.get(), Fdb.UNKNOWN, false);
        case 1 -> fdb.age(nowMs.get(), 5 + random.nextInt(4), false); // churn's own ports
        default -> fdb.remove(CHURN_BASE + random.nextInt(4096), 0);
      }
    }
  }

  private int countedByVisit(Fdb fdb) {
    int[] n = {0};
    fdb.forEach(nowMs.get(), (mac, vlan, port, isStatic, seen) -> n[0]++);
    return n[0];
  }

  @Test
  void anAddressThatMovesIsFoundBehindThePortsThatItMovedBetween() throws Exception {
    Fdb fdb = new Fdb(16, 0, 7);
    long mac = 0x0200_0000_0001L;
    fdb.learn(mac, 0, 3, 0);
    Thread mover =
        new Thread(() -> {
          for (int i = 0; i < 200_000; i++) {
            fdb.learn(mac, 0, 3 + i % 2, i);
          }
          stop.set(true);
        });
    mover.start();
    while (!stop.get()) {
      assertThat(fdb.lookup(mac, 0, 0)).isBetween(3, 4);
    }
    mover.join();
    assertThat(fdb.count()).isEqualTo(1);
  }

  @Test
  void staticAddressesSurviveEverything() throws Exception {
    Fdb fdb = new Fdb(64, 10, 7);
    long mac = 0x0200_0000_0001L;
    fdb.addStatic(mac, 0, 2, 0);
    Thread churn =
        new Thread(() -> {
          for (int i = 0; i < 300_000; i++) {
            fdb.learn(mac, 0, 5, i);
            fdb.learn(CHURN_BASE + i % 4096, 0, 6, i);
            if (i % 100 == 0) {
              fdb.age(i, Fdb.UNKNOWN, false);
            }
          }
          stop.set(true);
        });
    churn.start();
    while (!stop.get()) {
      assertThat(fdb.lookup(mac, 0, 0)).isEqualTo(2);
    }
    churn.join();
  }
}
