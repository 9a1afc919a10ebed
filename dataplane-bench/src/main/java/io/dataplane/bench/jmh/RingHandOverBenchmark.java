package io.dataplane.bench.jmh;

import io.dataplane.memory.FrameRing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/** Batches of 32 frames from one thread to another; operations are batches. */
@State(Scope.Group)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingHandOverBenchmark {

  private static final int BATCH = 32;

  private final FrameRing ring = new FrameRing(1024);
  private final int[] in = new int[BATCH];
  private final int[] out = new int[BATCH];

  /** The producer's part. */
  @Benchmark
  @Group("handOver")
  @GroupThreads(1)
  public void offer(Control control) {
    int from = 0;
    while (from < BATCH && !control.stopMeasurement) {
      from += ring.offer(in, from, BATCH - from);
    }
  }

  /** The consumer's part. */
  @Benchmark
  @Group("handOver")
  @GroupThreads(1)
  public void poll(Control control) {
    int got = 0;
    while (got < BATCH && !control.stopMeasurement) {
      got += ring.poll(out, BATCH - got);
    }
  }
}
