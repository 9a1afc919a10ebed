package io.dataplane.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FramePoolTest {

  @Test
  void givesEachFrameOnceThenSaysThatItIsEmpty() {
    try (FrameMemory memory = new FrameMemory(64, 2, 1)) {
      FramePool pool = memory.pool(0);
      Set<Integer> frames = new HashSet<>();
      for (int i = 0; i < 64; i++) {
        frames.add(pool.alloc());
      }
      assertThat(frames).hasSize(64).allMatch(f -> f >= 0 && f < 64);
      assertThat(pool.alloc()).isEqualTo(FrameSlab.NONE);
      assertThat(pool.alloc()).isEqualTo(FrameSlab.NONE);
      assertThat(pool.frameExhausted().get()).isEqualTo(2);
      int a = pool.allocBlock();
      int b = pool.allocBlock();
      assertThat(Set.of(a, b)).containsExactlyInAnyOrder(64, 96);
      assertThat(pool.allocBlock()).isEqualTo(FrameSlab.NONE);
      assertThat(pool.blockExhausted().get()).isEqualTo(1);
      assertThat(memory.leaks().inUse()).hasSize(66);
      assertThatThrownBy(memory.leaks()::requireNoneInUse)
          .hasMessageContaining("66 frames have not come back");
      frames.forEach(pool::put);
      pool.put(a);
      pool.put(b);
      assertThat(pool.alloc()).as("recovers").isNotEqualTo(FrameSlab.NONE);
      assertThat(memory.leaks().inUse()).hasSize(1);
      memory.leaks().inUse().forEach(line -> assertThat(line).contains("refs 1"));
      frames.stream().filter(f -> memory.slab().table().refs(f) != 0).forEach(pool::put);
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void whatWasFreedLastIsUsedNext() {
    try (FrameMemory memory = new FrameMemory(64, 0, 1)) {
      FramePool pool = memory.pool(0);
      int first = pool.alloc();
      int second = pool.alloc();
      pool.put(second);
      pool.put(first);
      assertThat(pool.alloc()).isEqualTo(first);
      pool.put(first);
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void theLastReferenceFrees() {
    try (FrameMemory memory = new FrameMemory(64, 0, 1)) {
      FramePool pool = memory.pool(0);
      int frame = pool.alloc();
      assertThat(pool.isShared(frame)).isFalse();
      pool.get(frame);
      assertThat(pool.isShared(frame)).isTrue();
      pool.put(frame);
      assertThat(pool.freeFrames()).isEqualTo(63);
      pool.put(frame);
      assertThat(pool.freeFrames()).isEqualTo(64);
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void aDoubleFreeThrowsAndChangesNothing() {
    try (FrameMemory memory = new FrameMemory(64, 0, 1)) {
      FramePool pool = memory.pool(0);
      int frame = pool.alloc();
      pool.put(frame);
      assertThatThrownBy(() -> pool.put(frame))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("double free of frame " + frame);
      assertThatThrownBy(() -> pool.get(frame)).hasMessageContaining("free frame");
      assertThat(pool.misuses().get()).isEqualTo(2);
      assertThat(pool.freeFrames()).isEqualTo(64);
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void aChainIsFreedWhole() {
    try (FrameMemory memory = new FrameMemory(64, 2, 1)) {
      FramePool pool = memory.pool(0);
      int head = pool.alloc();
      int middle = pool.allocBlock();
      int last = pool.alloc();
      FrameTable table = memory.slab().table();
      table.reset(head, 256, 1000);
      table.reset(middle, 0, 60_000);
      table.reset(last, 0, 7);
      table.next(head, middle);
      table.next(middle, last);
      assertThat(table.totalLength(head)).isEqualTo(61_007);
      pool.putChain(head);
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void framesGoHomeToTheWorkerThatOwnsThem() {
    try (FrameMemory memory = new FrameMemory(192, 4, 3)) {
      FramePool home = memory.pool(0);
      FramePool other = memory.pool(1);
      Deque<Integer> taken = new ArrayDeque<>();
      for (int f = home.alloc(); f != FrameSlab.NONE; f = home.alloc()) {
        taken.add(f);
      }
      for (int b = home.allocBlock(); b != FrameSlab.NONE; b = home.allocBlock()) {
        taken.add(b);
      }
      assertThat(taken).hasSize(home.frameCapacity() + home.blockCapacity());
      taken.forEach(other::put);
      assertThat(other.freeFrames()).isEqualTo(other.frameCapacity());
      assertThat(home.alloc()).as("an empty pool collects by itself").isNotEqualTo(FrameSlab.NONE);
      home.drainReturns();
      assertThat(home.freeFrames()).isEqualTo(home.frameCapacity() - 1);
      assertThat(home.freeBlocks()).isEqualTo(home.blockCapacity());
      home.put(memory.leaks().inUse().isEmpty() ? 0 : lastTaken(memory));
      memory.leaks().requireNoneInUse();
    }
  }

  private static int lastTaken(FrameMemory memory) {
    for (int f = 0; f < memory.slab().frames(); f++) {
      if (memory.slab().table().refs(f) != 0) {
        return f;
      }
    }
    throw new AssertionError("none in use");
  }

  @Test
  @Timeout(60)
  void twoWorkersCirculateFramesWithoutLosingOne() throws InterruptedException {
    try (FrameMemory memory = new FrameMemory(256, 8, 2)) {
      FrameRing ring = new FrameRing(64);
      AtomicBoolean done = new AtomicBoolean();
      Thread consumer =
          new Thread(
              () -> {
                FramePool pool = memory.pool(1);
                while (!done.get() || !ring.isEmpty()) {
                  int frame = ring.poll();
                  if (frame != FrameSlab.NONE) {
                    pool.put(frame);
                  }
                }
              },
              "consumer");
      consumer.start();
      FramePool pool = memory.pool(0);
      for (int sent = 0; sent < 1_000_000; ) {
        int frame = (sent & 7) == 0 ? pool.allocBlock() : pool.alloc();
        if (frame == FrameSlab.NONE) {
          Thread.onSpinWait();
          continue;
        }
        while (!ring.offer(frame)) {
          Thread.onSpinWait();
        }
        sent++;
      }
      done.set(true);
      consumer.join();
      pool.drainReturns();
      assertThat(pool.freeFrames()).isEqualTo(pool.frameCapacity());
      assertThat(pool.freeBlocks()).isEqualTo(pool.blockCapacity());
      memory.leaks().requireNoneInUse();
    }
  }

  @Test
  void sharesAreEvenAndWithoutOverlap() {
    for (int workers : new int[] {1, 2, 3, 7}) {
      try (FrameMemory memory = new FrameMemory(1000, 10, workers)) {
        int frames = 0;
        int blocks = 0;
        for (int w = 0; w < workers; w++) {
          frames += memory.pool(w).frameCapacity();
          blocks += memory.pool(w).blockCapacity();
          assertThat(memory.pool(w).worker()).isEqualTo(w);
        }
        assertThat(frames).isEqualTo(1000);
        assertThat(blocks).isEqualTo(10);
      }
    }
    assertThatThrownBy(() -> new FrameMemory(100, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrameMemory(1000, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
