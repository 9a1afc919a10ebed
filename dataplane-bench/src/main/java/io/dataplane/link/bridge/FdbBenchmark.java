package io.dataplane.link.bridge;

import io.dataplane.base.MacAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lookup and learning in a forwarding database of different fill, addresses visited in scattered
 * order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class FdbBenchmark {

  /** Addresses known. */
  @Param({"2", "1000", "16384"})
  public int entries;

  private Fdb fdb;
  private int next;

  /** Fills the table. */
  @Setup
  public void setUp() {
    fdb = new Fdb(16_384, 300_000, 42);
    for (int i = 0; i < entries; i++) {
      fdb.learn(mac(i), 0, i & 7, 1000);
    }
  }

  private static long mac(int i) {
    return MacAddress.locallyAdministered(i * 0x9e37_79b9L);
  }

  private long scattered() {
    next = (next + 7919) % entries;
    return mac(next);
  }

  /** A known destination. */
  @Benchmark
  public int lookup() {
    return fdb.lookup(scattered(), 0, 1001);
  }

  /** A destination nobody has. */
  @Benchmark
  public int lookupUnknown() {
    return fdb.lookup(scattered() | 1L << 44, 0, 1001);
  }

  /** A known source behind the port where it was. */
  @Benchmark
  public Object learnKnown() {
    next = (next + 7919) % entries;
    return fdb.learn(mac(next), 0, next & 7, 1001);
  }
}
