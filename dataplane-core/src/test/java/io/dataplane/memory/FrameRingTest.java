package io.dataplane.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameRingTest {

  private static final int TRANSFERS = 4_000_000;

  @Test
  void refusesWhenFullAndSaysWhenEmpty() {
    FrameRing ring = new FrameRing(4);
    assertThat(ring.poll()).isEqualTo(FrameSlab.NONE);
    assertThat(ring.isEmpty()).isTrue();
    for (int i = 0; i < 4; i++) {
      assertThat(ring.hasRoom()).isTrue();
      assertThat(ring.offer(i)).isTrue();
    }
    assertThat(ring.hasRoom()).isFalse();
    assertThat(ring.offer(4)).isFalse();
    assertThat(ring.size()).isEqualTo(4);
    assertThat(ring.poll()).isZero();
    assertThat(ring.offer(4)).isTrue();
    int[] rest = new int[8];
    assertThat(ring.poll(rest, 8)).isEqualTo(4);
    assertThat(rest).startsWith(1, 2, 3, 4);
    assertThat(ring.poll(rest, 8)).isZero();
  }

  @Test
  void capacityIsRoundedUpToAPowerOfTwo() {
    assertThat(new FrameRing(2).capacity()).isEqualTo(2);
    assertThat(new FrameRing(5).capacity()).isEqualTo(8);
    assertThat(new FrameRing(1024).capacity()).isEqualTo(1024);
    assertThatThrownBy(() -> new FrameRing(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrameRing((1 << 24) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void behavesAsAQueueThroughManyWrapArounds() {
    for (long seed = 1; seed <= 200; seed++) {
      Random r = new Random(seed);
      FrameRing ring = new FrameRing(2 + r.nextInt(40));
      Deque<Integer> model = new ArrayDeque<>();
      int next = 0;
      int[] batch = new int[64];
      for (int step = 0; step < 1000; step++) {
        int room = ring.capacity() - model.size();
        switch (r.nextInt(4)) {
          case 0 -> {
            assertThat(ring.offer(next)).as("seed %d", seed).isEqualTo(room > 0);
            if (room > 0) {
              model.add(next++);
            }
          }
          case 1 -> {
            int from = r.nextInt(8);
            int n = r.nextInt(50);
            for (int i = 0; i < n; i++) {
              batch[from + i] = next + i;
            }
            int taken = ring.offer(batch, from, n);
            assertThat(taken).as("seed %d", seed).isEqualTo(Math.min(n, room));
            for (int i = 0; i < taken; i++) {
              model.add(next++);
            }
          }
          case 2 -> {
            Integer expected = model.poll();
            assertThat(ring.poll())
                .as("seed %d", seed)
                .isEqualTo(expected == null ? FrameSlab.NONE : expected);
          }
          default -> {
            int n = ring.poll(batch, r.nextInt(50));
            for (int i = 0; i < n; i++) {
              assertThat(batch[i]).as("seed %d", seed).isEqualTo(model.poll());
            }
          }
        }
        assertThat(ring.size()).as("seed %d", seed).isEqualTo(model.size());
      }
    }
  }

  @Test
  @Timeout(60)
  void twoThreadsHandOverMillionsInOrderAndSeeWhatWasWritten() throws InterruptedException {
    FrameRing ring = new FrameRing(256);
    int[] payload = new int[1024]; // written before an offer, read after the poll
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread producer = new Thread(() -> produce(ring, payload), "producer");
    producer.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    producer.start();
    int expected = 0;
    int[] batch = new int[32];
    while (expected < TRANSFERS && failure.get() == null) {
      int n = (expected & 1) == 0 ? ring.poll(batch, 32) : pollOne(ring, batch);
      for (int i = 0; i < n; i++, expected++) {
        if (batch[i] != expected || payload[expected & 1023] != ~expected) {
          throw new AssertionError("got " + batch[i] + ", expected " + expected);
        }
      }
      if (n == 0) {
        Thread.onSpinWait();
      }
    }
    producer.join();
    assertThat(failure.get()).isNull();
    assertThat(ring.isEmpty()).isTrue();
  }

  private static int pollOne(FrameRing ring, int[] batch) {
    batch[0] = ring.poll();
    return batch[0] == FrameSlab.NONE ? 0 : 1;
  }

  private static void produce(FrameRing ring, int[] payload) {
    int[] batch = new int[16];
    for (int next = 0; next < TRANSFERS; ) {
      int n = next % 3 == 0 ? Math.min(16, TRANSFERS - next) : 1;
      for (int i = 0; i < n; i++) {
        payload[(next + i) & 1023] = ~(next + i);
        batch[i] = next + i;
      }
      for (int sent = 0; sent < n; ) {
        int m = n == 1 ? (ring.offer(batch[0]) ? 1 : 0) : ring.offer(batch, sent, n - sent);
        sent += m;
        if (m == 0) {
          Thread.onSpinWait();
        }
      }
      next += n;
    }
  }
}
