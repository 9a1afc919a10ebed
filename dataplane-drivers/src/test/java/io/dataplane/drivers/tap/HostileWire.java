package io.dataplane.drivers.tap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.device.DeviceException;
import io.dataplane.drivers.EpollPoller;
import io.dataplane.drivers.Needs;
import io.dataplane.drivers.nativeio.Fd;
import io.dataplane.drivers.nativeio.HostCalls;
import io.dataplane.drivers.nativeio.HotCalls;
import io.dataplane.drivers.nativeio.IoUring;
import io.dataplane.drivers.nativeio.NativeException;
import io.dataplane.link.bridge.Bridge;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Two bridged TAP devices whose descriptors are exchanged, once open, for sockets that take packets
 * of any length and content, such as no kernel sends. The test drives the stack, whose worker polls
 * every queue every round. Closing it requires that nothing is left.
 */
final class HostileWire implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int LENGTH_MAX = 200_000;
  private static final int IDLE_ROUNDS = 6;

  private final List<String> descriptorsBefore = Needs.nativeDescriptors();
  private final Dataplane dataplane;
  private final TapDevice left;
  private final TapDevice right;
  private final Fd[] leftWire;
  private final Fd[] rightWire;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(LENGTH_MAX, 8);
  private final HotCalls calls = new HotCalls();

  HostileWire(TapIo io, int frames, int blocks) throws DeviceException, NativeException {
    dataplane =
        new Dataplane(
            DataplaneConfig.defaults()
                .withPollers(EpollPoller::new)
                .withMemory(frames, blocks)
                .withPoll(PollConfig.defaults(PollMode.BUSY)));
    Bridge bridge = dataplane.addBridge("br0", 64, 300_000);
    left = device(bridge, "l", io);
    right = device(bridge, "r", io);
    leftWire = HostCalls.packetPair();
    rightWire = HostCalls.packetPair();
    attach(left, leftWire[1], io);
    attach(right, rightWire[1], io);
  }

  private TapDevice device(Bridge bridge, String suffix, TapIo io) throws DeviceException {
    long pid = ProcessHandle.current().pid();
    String name = "dp" + Long.toString(pid, Character.MAX_RADIX) + "h" + NUMBER.incrementAndGet();
    TapDevice device =
        new TapDevice(TapConfig.of(name + suffix, 0x0200_0000_0001L).withMtu(65_521).withIo(io));
    dataplane.add(device);
    bridge.addPort(device);
    dataplane.open(device);
    return device;
  }

  private static void attach(TapDevice device, Fd wire, TapIo io) throws NativeException {
    TapRxQueue rx = (TapRxQueue) device.rxQueues().get(0);
    rx.detach();
    boolean uring = io == TapIo.URING;
    rx.attach(wire.number(), uring ? IoUring.open(TapRxQueue.BATCH_MAX, wire.number()) : null);
    TapTxQueue tx = (TapTxQueue) device.txQueue(0);
    tx.detach();
    tx.attach(new SyscallWriter(wire.number()));
  }

  Dataplane dataplane() {
    return dataplane;
  }

  TapDevice left() {
    return left;
  }

  /** What the left host sends, virtio-net header in front; false where the wire is full. */
  boolean send(byte[] bytes) {
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
    return calls.write(leftWire[0].number(), buffer.address(), bytes.length) == bytes.length;
  }

  /** What the right host is sent, virtio-net header in front; null = nothing. */
  byte @Nullable [] receive() {
    int n = (int) calls.read(rightWire[0].number(), buffer.address(), buffer.byteSize());
    return n < 0 ? null : buffer.asSlice(0, n).toArray(JAVA_BYTE);
  }

  /**
   * Runs until nothing is left to do. A round without work may be one that its time limit cut, or
   * that dropped all it took, so it takes several.
   */
  void settle() {
    for (int idle = 0; idle < IDLE_ROUNDS; idle++) {
      if (dataplane.runOnce() > 0) {
        idle = 0;
      }
    }
  }

  /** Frames from the left that were dropped, at either end. */
  long drops(DropReason reason) {
    return drops(left, reason) + drops(right, reason);
  }

  private long drops(TapDevice device, DropReason reason) {
    return dataplane.workers().get(0).cpu().drops().get(device.ifindex(), reason);
  }

  /** All frames dropped, for whatever reason. */
  long drops() {
    long sum = 0;
    for (DropReason reason : DropReason.values()) {
      sum += drops(reason);
    }
    return sum;
  }

  @Override
  public void close() {
    settle();
    dataplane.close(left);
    dataplane.close(right);
    dataplane.memory().leaks().requireNoneInUse();
    assertThat(dataplane.workers().get(0).cpu().frames().misuses().get()).isZero();
    dataplane.close();
    for (Fd fd : List.of(leftWire[0], leftWire[1], rightWire[0], rightWire[1])) {
      fd.close();
    }
    arena.close();
    assertThat(Needs.nativeDescriptors()).isEqualTo(descriptorsBefore);
  }
}
