package io.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.Clock;
import io.dataplane.device.DeviceListener;
import io.dataplane.device.NetDevice;
import io.dataplane.memory.FrameMemory;
import io.dataplane.napi.Napi;
import io.dataplane.napi.PacketTypes;
import io.dataplane.testing.StubDevice;
import io.dataplane.testing.TestClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a worker spins, sleeps and wakes, and what it does for other threads. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerTest {

  private static final DeviceListener DEAF =
      new DeviceListener() {
        @Override
        public void deviceFailed(NetDevice dev, String why) {}

        @Override
        public void deviceChanged(NetDevice dev, String what) {}
      };

  private final FrameMemory memory = new FrameMemory(256, 0, 1);
  private final StubDevice dev = new StubDevice("stub0", 1);
  private final Semaphore delivered = new Semaphore(0);
  private @Nullable Worker running;
  private @Nullable Thread thread;

  @AfterEach
  void stopTheWorkerAndRequireEveryFrameBack() throws InterruptedException {
    Worker worker = running;
    Thread t = thread;
    if (worker != null && t != null) {
      worker.stop();
      t.join();
    }
    memory.leaks().requireNoneInUse();
    memory.close();
  }

  private Worker worker(PollMode mode, Clock clock, EventPoller poller) throws Exception {
    return worker(PollConfig.defaults(mode), clock, poller);
  }

  private Worker worker(PollConfig poll, Clock clock, EventPoller poller) throws Exception {
    Worker worker = new Worker(0, memory, clock, poll, poller, new PacketTypes());
    dev.bind(1, List.of(worker.context()), 0, DEAF);
    dev.setRxHandler(skb -> {
      skb.consume();
      delivered.release();
      return true;
    });
    dev.open();
    return worker;
  }

  private void start(Worker worker) {
    running = worker;
    thread = worker.start();
  }

  @Test
  void adaptiveSpinsForAWhileAndThenSleeps() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    start(worker);
    poller.asleep.acquire();
    long spins = PollConfig.SPIN_DEFAULT_NS / 1000; // a look at the clock each loop
    assertThat(worker.stats().loops().get()).isBetween(spins - 5, spins + 5);
    assertThat(worker.stats().sleeps().get()).isEqualTo(1);
  }

  @Test
  void anIdleAdaptiveWorkerLoopsOnceASecond() throws Exception {
    TestClock clock = new TestClock(1000);
    SleepPoller poller = new SleepPoller(clock::advance, 100);
    Worker worker = worker(PollMode.ADAPTIVE, clock, poller);
    start(worker);
    poller.asleep.acquire(); // the first that does not end by itself
    assertThat(clock.nanoTime()).isGreaterThan(100_000_000_000L);
    assertThat(worker.stats().loops().get()).isLessThan(160);
    assertThat(worker.stats().sleepNs().get()).isGreaterThan(99_000_000_000L);
    assertThat(worker.stats().busyNs().get()).isZero();
  }

  @Test
  void aNotifierWakesASleepingWorker() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    worker.enable(worker.addQueue(dev.rx(0)));
    start(worker);
    for (int i = 0; i < 100; i++) {
      poller.asleep.acquire();
      dev.rx(0).arriveAndAnnounce(1);
      delivered.acquire();
    }
  }

  @Test
  void aReadableDescriptorWakesASleepingWorker() throws Exception {
    SleepPoller poller = new SleepPoller();
    dev.setRxHandler(null);
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    dev.rx(0).eventFd(5);
    worker.enable(worker.addQueue(dev.rx(0)));
    start(worker);
    for (int i = 0; i < 100; i++) {
      poller.asleep.acquire();
      dev.rx(0).arrive(3);
      poller.becomeReadable();
      delivered.acquire(3);
    }
  }

  @Test
  void aTaskWakesASleepingWorker() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    start(worker);
    for (int i = 0; i < 100; i++) {
      poller.asleep.acquire();
      CountDownLatch done = new CountDownLatch(1);
      assertThat(worker.execute(done::countDown)).isTrue();
      done.await();
    }
    poller.asleep.acquire();
    assertThat(worker.stats().inboxRuns().get()).isEqualTo(100);
  }

  /** The worker goes to sleep as soon as it has nothing to do, so that each arrival races it. */
  @Test
  void noArrivalIsSleptThrough() throws Exception {
    SleepPoller poller = new SleepPoller();
    PollConfig drowsy = new PollConfig(PollMode.ADAPTIVE, 64, 300, 2_000_000, 0);
    Worker worker = worker(drowsy, Clock.system(), poller);
    worker.enable(worker.addQueue(dev.rx(0)));
    start(worker);
    for (int i = 0; i < 20_000; i++) {
      if (i % 2 == 0) {
        dev.rx(0).arriveAndAnnounce(1);
      } else {
        worker.execute(() -> dev.rx(0).arriveAndAnnounce(1));
      }
      delivered.acquire();
    }
    assertThat(worker.stats().failures().get()).isZero();
  }

  @Test
  void aTimerThatIsDueEndsTheSleep() throws Exception {
    TestClock clock = new TestClock(1000);
    List<Long> timeouts = Collections.synchronizedList(new ArrayList<>());
    SleepPoller poller =
        new SleepPoller(
            ns -> {
              timeouts.add(ns);
              clock.advance(ns);
            },
            1);
    Worker worker = worker(PollMode.ADAPTIVE, clock, poller);
    CountDownLatch ran = new CountDownLatch(1);
    worker.timers().once(5_000_000, ran::countDown);
    start(worker);
    ran.await();
    poller.asleep.acquire();
    assertThat(timeouts.get(0)).isLessThanOrEqualTo(5_000_000);
  }

  @Test
  void busyNeverSleepsAndPollsOnItsOwn() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.BUSY, Clock.system(), poller);
    Napi napi = worker.addQueue(dev.rx(0));
    worker.enable(napi);
    start(worker);
    worker.execute(() -> dev.rx(0).arrive(5)); // nobody is told
    delivered.acquire(5);
    while (napi.stats().polls().get() < 10_000) {
      Thread.onSpinWait();
    }
    assertThat(poller.sleeps.get()).isZero();
    assertThat(worker.stats().sleeps().get()).isZero();
  }

  @Test
  void theInboxIsBoundedAndEmptiedInOrder() throws Exception {
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(), new SleepPoller());
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < Worker.INBOX_MAX; i++) {
      int n = i;
      assertThat(worker.execute(() -> ran.add(n))).isTrue();
    }
    assertThat(worker.execute(() -> ran.add(-1))).isFalse();
    worker.runOnce(0);
    assertThat(ran).hasSize(Worker.INBOX_MAX).isSorted();
    assertThat(worker.execute(() -> ran.add(-1))).isTrue();
  }

  @Test
  void aFrameAnnouncedByAnotherThreadBeforeTheWorkerStartsIsNotLost() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    worker.enable(worker.addQueue(dev.rx(0)));
    Thread other = new Thread(() -> dev.rx(0).arriveAndAnnounce(1));
    other.start();
    other.join();
    start(worker);
    delivered.acquire();
  }

  @Test
  void isOwnedByItsThreadFromBeforeItsFirstStep() throws Exception {
    Worker worker = worker(PollMode.ADAPTIVE, Clock.system(), new SleepPoller());
    assertThat(worker.isOwnThread()).isTrue();
    start(worker);
    assertThat(worker.isOwnThread()).isFalse();
  }

  @Test
  void aRoundThatFailsIsCountedAndTheNextGoesOn() throws Exception {
    SleepPoller poller = new SleepPoller();
    Worker worker = worker(PollMode.ADAPTIVE, new TestClock(1000), poller);
    worker.enable(worker.addQueue(dev.rx(0)));
    dev.setRxHandler(null);
    dev.setRxHandler(skb -> {
      skb.consume();
      delivered.release();
      if (delivered.availablePermits() == 2) {
        throw new IllegalStateException("a defect of ours, thrown by a test");
      }
      return true;
    });
    start(worker);
    poller.asleep.acquire();
    dev.rx(0).arriveAndAnnounce(5);
    poller.asleep.acquire();
    assertThat(delivered.availablePermits()).isEqualTo(5);
    assertThat(worker.stats().failures().get()).isEqualTo(1);
    dev.rx(0).arriveAndAnnounce(5);
    delivered.acquire(10);
  }
}
