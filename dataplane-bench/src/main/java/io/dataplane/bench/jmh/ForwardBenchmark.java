package io.dataplane.bench.jmh;

import io.dataplane.base.Clock;
import io.dataplane.base.MacAddress;
import io.dataplane.device.DeviceException;
import io.dataplane.device.RxQueue;
import io.dataplane.device.VethDevice;
import io.dataplane.hook.XdpHook;
import io.dataplane.hook.XdpVerdict;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import io.dataplane.runtime.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole way of a frame within the process, on one core: a host allocates it and sends it into
 * its cable; NAPI polls the bridge's port, the hook decides, an SkBuff adopts it, the bridge learns
 * and looks up, the other port's cable takes it; the other host takes it out and frees it. Per
 * frame, the hosts' part included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--sun-misc-unsafe-memory-access=allow",
      "--enable-native-access=ALL-UNNAMED",
      "-XX:+UseSerialGC"
    })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
public class ForwardBenchmark {

  private static final int BATCH = 64;
  private static final long A = MacAddress.parse("02:00:00:00:00:0a");
  private static final long B = MacAddress.parse("02:00:00:00:00:0b");

  /** What the bridge's ports have as program. */
  @Param({"none", "pass"})
  public String hook = "none";

  private Dataplane dataplane;
  private Worker worker;
  private Clock clock;
  private VethDevice.Pair left;
  private VethDevice.Pair right;
  private FramePool pool;
  private FrameTable table;
  private MemorySegment memory;
  private RxQueue sink;
  private final int[] frames = new int[BATCH];

  /** Builds two hosts on one bridge. */
  @Setup
  public void setUp() throws DeviceException {
    clock = Clock.system();
    dataplane =
        new Dataplane(
            DataplaneConfig.defaults()
                .withClock(clock, 1)
                .withPoll(PollConfig.defaults(PollMode.ADAPTIVE)));
    worker = dataplane.workers().get(0);
    left = VethDevice.pair("a0", A, "a1", 0x0200_0000_00a1L, 1500, 1024);
    right = VethDevice.pair("b0", B, "b1", 0x0200_0000_00b1L, 1500, 1024);
    Bridge bridge = dataplane.addBridge("br0", Bridge.FDB_ENTRIES_DEFAULT, 300_000);
    for (VethDevice.Pair cable : new VethDevice.Pair[] {left, right}) {
      dataplane.add(cable.a());
      dataplane.add(cable.b());
      dataplane.open(cable.b());
      bridge.addPort(cable.b());
      if (hook.equals("pass")) {
        XdpHook program =
            xdp -> xdp.dataEnd() - xdp.data() > 13 ? XdpVerdict.PASS : XdpVerdict.DROP;
        cable.b().setHook(program);
      }
    }
    // The hosts are played by this class; their ends are up but nobody polls them.
    left.a().open();
    right.a().open();
    sink = right.a().rxQueues().get(0);
    FrameMemory mem = dataplane.memory();
    pool = mem.pool(0);
    table = mem.slab().table();
    memory = mem.slab().data();
    bridge.addStatic(B, 0, bridge.portList().get(1));
  }

  /** Gives everything back. */
  @TearDown
  public void tearDown() {
    dataplane.close();
  }

  /** A poll's worth of 64-byte frames from host to host. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int forward() {
    for (int i = 0; i < BATCH; i++) {
      int frame = pool.alloc();
      table.reset(frame, FrameSlab.HEADROOM, 64);
      long at = FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM;
      memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(B << 16 | A >>> 32));
      memory.set(
          ValueLayout.JAVA_LONG_UNALIGNED, at + 8, Long.reverseBytes(A << 32 | 0x0800_4500L));
      left.a().xdpXmit(frame, 0);
    }
    worker.runOnce(clock.nanoTime()); // the host's transmit flush tells NAPI
    worker.runOnce(clock.nanoTime());
    int n = sink.receive(frames, BATCH);
    for (int i = 0; i < n; i++) {
      pool.putChain(frames[i]);
    }
    if (n != BATCH) {
      throw new IllegalStateException("only " + n + " of " + BATCH + " frames arrived");
    }
    return n;
  }
}
