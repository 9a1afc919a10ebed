package io.dataplane.drivers.tap;

import io.dataplane.base.Clock;
import io.dataplane.base.MacAddress;
import io.dataplane.device.DeviceException;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.runtime.Worker;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * TAP to TAP through the bridge, all but the system calls: what our code adds to a forwarder's
 * reads and writes.
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
public class TapPathBenchmark {

  private static final int BATCH = 64;
  private static final long A = MacAddress.parse("02:00:00:00:00:0a");
  private static final long B = MacAddress.parse("02:00:00:00:00:0b");

  private Worker worker;
  private Clock clock;
  private Dataplane dataplane;

  /** Bridges two ports. */
  @Setup
  public void setUp() throws DeviceException {
    clock = Clock.system();
    dataplane = new Dataplane(DataplaneConfig.defaults().withClock(clock, 1));
    worker = dataplane.workers().get(0);
    KernelFreeTap in = new KernelFreeTap("in", A, udp());
    KernelFreeTap out = new KernelFreeTap("out", B, udp());
    Bridge bridge = dataplane.addBridge("br0", Bridge.FDB_ENTRIES_DEFAULT, 300_000);
    dataplane.add(in);
    dataplane.add(out);
    bridge.addPort(in);
    bridge.addStatic(B, 0, bridge.addPort(out));
    dataplane.open(in);
    out.open(); // up, but not polled
    dataplane.devices().get(0).napis().get(0).schedule();
  }

  private static byte[] udp() {
    ByteBuffer b = ByteBuffer.allocate(64);
    b.putShort((short) (B >>> 32)).putInt((int) B).putShort((short) (A >>> 32)).putInt((int) A);
    b.putShort((short) 0x0800).put((byte) 0x45).put((byte) 0).putShort((short) 50).putInt(0);
    b.put((byte) 64).put((byte) 17);
    return b.array();
  }

  /** A poll's worth of 64-byte frames. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int forward() {
    return worker.runOnce(clock.nanoTime());
  }
}
