package io.dataplane.runtime;

import io.dataplane.base.Counter;
import io.dataplane.base.MacAddress;
import io.dataplane.base.Timers;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxHandler;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.testing.TestFrames;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Two hosts on one bridge whose every worker sends a numbered flow each way. A host's end is a
 * device of the same stack; senders run as timers of the workers.
 */
final class WorkerHosts {

  private static final int LENGTH = 64;
  private static final int FLOW_AT = 14;
  private static final int NUMBER_AT = 16;
  private static final int BURST = 64;

  private final List<NetDevice> hosts;
  private final List<Flow> flows = new ArrayList<>();
  final AtomicBoolean stopped = new AtomicBoolean();

  /** The senders go on for {@code framesEach}, with at most {@code window} on their way. */
  WorkerHosts(Dataplane dataplane, NetDevice left, NetDevice right, int framesEach, int window) {
    this.hosts = List.of(left, right);
    for (int host = 0; host < 2; host++) {
      for (Worker worker : dataplane.workers()) {
        flows.add(new Flow(flows.size(), worker, host, framesEach, window));
      }
    }
    left.setRxHandler(receiver(0));
    right.setRxHandler(receiver(1));
  }

  static long mac(int host) {
    return MacAddress.locallyAdministered(0x100 + host);
  }

  /** Has every sender begin, on its worker. */
  void start() {
    for (Flow flow : flows) {
      flow.worker.execute(flow::begin);
    }
  }

  List<Flow> flows() {
    return flows;
  }

  long received() {
    return flows.stream().mapToLong(f -> f.received.get()).sum();
  }

  private RxHandler receiver(int host) {
    return skb -> {
      long at = skb.head() + skb.macHeader();
      if (Ethernet.destination(skb.memory(), at) == mac(host)) {
        int flow = NetworkOrder.u16(skb.memory(), at + FLOW_AT);
        if (flow < flows.size()) {
          flows.get(flow).arrived(skb, NetworkOrder.i64(skb.memory(), at + NUMBER_AT));
        }
      }
      skb.consume();
      return true;
    };
  }

  /** One worker's frames from one host to the other. */
  final class Flow {
    final int id;
    final Worker worker;
    final Counter received = new Counter();
    final Counter outOfOrder = new Counter();
    final Counter foreign = new Counter();
    private final int from;
    private final int framesMax;
    private final int window;
    private Timers.@Nullable Timer timer;
    private long sent;
    private long last = -1;

    private Flow(int id, Worker worker, int from, int framesMax, int window) {
      this.id = id;
      this.worker = worker;
      this.from = from;
      this.framesMax = framesMax;
      this.window = window;
    }

    private void begin() {
      timer = worker.timers().periodic(0, 1, this::send); // once a round
    }

    private void send() {
      for (int i = 0; i < BURST; i++) {
        if (stopped.get() || sent >= framesMax) {
          Timers.Timer t = timer;
          if (t != null) {
            t.cancel();
          }
          return;
        }
        if (sent - received.get() >= window || !sendOne()) {
          return;
        }
      }
    }

    private boolean sendOne() {
      Cpu cpu = worker.cpu();
      int frame = cpu.frames().alloc();
      if (frame == FrameSlab.NONE) {
        return false;
      }
      cpu.memory().slab().table().reset(frame, FrameSlab.HEADROOM, LENGTH);
      MemorySegment m = cpu.memory().slab().data();
      long at = FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM;
      Ethernet.destination(m, at, mac(1 - from));
      Ethernet.source(m, at, mac(from));
      Ethernet.type(m, at, TestFrames.TYPE_TEST);
      NetworkOrder.put16(m, at + FLOW_AT, id);
      NetworkOrder.put64(m, at + NUMBER_AT, sent);
      if (!hosts.get(from).xdpXmit(frame, cpu.id())) {
        cpu.frames().putChain(frame);
        return false;
      }
      sent++;
      return true;
    }

    private void arrived(SkBuff skb, long number) {
      if (number <= last) {
        outOfOrder.increment();
      }
      last = number;
      if (skb.cpu() != worker.cpu()) {
        foreign.increment();
      }
      received.increment();
    }

    boolean isComplete() {
      return received.get() >= framesMax;
    }
  }
}
