package io.dataplane.bench.jmh;

import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameRing;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Frame pool, descriptor table and ring, within one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryBenchmark {

  private static final int BATCH = 64;

  private final FrameMemory memory = new FrameMemory(4096, 16, 1);
  private final FramePool pool = memory.pool(0);
  private final FrameTable table = memory.slab().table();
  private final FrameRing ring = new FrameRing(256);
  private final int[] frames = new int[BATCH];

  /** Gives the memory back. */
  @TearDown
  public void tearDown() {
    memory.close();
  }

  /** A batch of frames taken and given back. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int allocAndPut() {
    for (int i = 0; i < BATCH; i++) {
      frames[i] = pool.alloc();
    }
    for (int i = 0; i < BATCH; i++) {
      pool.put(frames[i]);
    }
    return frames[0];
  }

  /** A descriptor written and read. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int describe() {
    int sum = 0;
    for (int i = 0; i < BATCH; i++) {
      table.reset(i, FrameSlab.HEADROOM, i);
    }
    for (int i = 0; i < BATCH; i++) {
      sum += table.offset(i) + table.length(i) + table.next(i);
    }
    return sum;
  }

  /** Frames through a ring one by one, both ends on this thread. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ringSingle() {
    int sum = 0;
    for (int i = 0; i < BATCH; i++) {
      ring.offer(i);
    }
    for (int i = 0; i < BATCH; i++) {
      sum += ring.poll();
    }
    return sum;
  }

  /** Frames through a ring in one batch. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ringBatch() {
    return ring.offer(frames, 0, BATCH) + ring.poll(frames, BATCH);
  }
}
