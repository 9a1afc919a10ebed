package io.dataplane.bench.jmh;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.SkbDev;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to every packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SkBuffBenchmark implements SkbDev {

  private final FrameMemory memory = new FrameMemory(4096, 16, 1);
  private final Cpu cpu = new Cpu(0, memory, 1024);
  private final FrameTable table = memory.slab().table();

  @Override
  public int ifindex() {
    return 1;
  }

  @Override
  public String name() {
    return "bench0";
  }

  /** Gives the memory back. */
  @TearDown
  public void tearDown() {
    memory.close();
  }

  /** A received frame becomes a packet and ends. */
  @Benchmark
  public int adoptAndConsume() {
    SkBuff skb = receive();
    int len = skb.len();
    skb.consume();
    return len;
  }

  /** A received frame becomes a packet, and a frame again. */
  @Benchmark
  public int adoptAndDetach() {
    int frame = receive().detach();
    cpu.frames().put(frame);
    return frame;
  }

  /** A header taken off and put back, as each layer does. */
  @Benchmark
  public long pullAndPush() {
    SkBuff skb = receive();
    skb.pull(14);
    long at = skb.push(14);
    skb.consume();
    return at;
  }

  /** What flooding costs for each further port. */
  @Benchmark
  public int cloneAndFree() {
    SkBuff skb = receive();
    SkBuff clone = Objects.requireNonNull(skb.cloneSkb());
    clone.consume();
    int users = skb.len();
    skb.free(DropReason.NOT_SPECIFIED);
    return users;
  }

  /** A private copy of 1,514 bytes. */
  @Benchmark
  public int copy() {
    SkBuff skb = receive();
    SkBuff copy = Objects.requireNonNull(skb.copy());
    copy.consume();
    int len = skb.len();
    skb.consume();
    return len;
  }

  private SkBuff receive() {
    int frame = cpu.frames().alloc();
    table.reset(frame, FrameSlab.HEADROOM, 1514);
    return Objects.requireNonNull(cpu.skbs().adopt(frame, this));
  }
}
