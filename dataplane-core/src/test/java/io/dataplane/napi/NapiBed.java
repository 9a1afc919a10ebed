package io.dataplane.napi;

import io.dataplane.device.DeviceException;
import io.dataplane.device.DeviceListener;
import io.dataplane.device.NetDevice;
import io.dataplane.device.TxFlushList;
import io.dataplane.device.WorkerContext;
import io.dataplane.memory.FrameMemory;
import io.dataplane.packet.Cpu;
import io.dataplane.testing.ScriptedRxQueue;
import io.dataplane.testing.StubDevice;
import io.dataplane.testing.TestClock;
import java.util.ArrayList;
import java.util.List;

/** A poll list over scripted queues, worked off by the test; whoever closes it has no leak. */
final class NapiBed implements AutoCloseable {

  /** Hears nothing. */
  static final DeviceListener DEAF =
      new DeviceListener() {
        @Override
        public void deviceFailed(NetDevice dev, String why) {}

        @Override
        public void deviceChanged(NetDevice dev, String what) {}
      };

  final FrameMemory memory = new FrameMemory(2048, 0, 1);
  final Cpu cpu = new Cpu(0, memory, 2048);
  final TestClock clock = new TestClock();
  final TxFlushList flushList = new TxFlushList();
  final SoftNet softNet;
  final StubDevice dev;
  final List<Napi> napis = new ArrayList<>();

  /** The queues in the order in which they were polled. */
  final List<Integer> order = new ArrayList<>();

  int delivered;

  NapiBed(int queues) {
    this(queues, false);
  }

  NapiBed(int queues, boolean busy) {
    softNet =
        new SoftNet(clock, flushList, SoftNet.BUDGET_DEFAULT, SoftNet.TIME_LIMIT_DEFAULT_NS, busy);
    dev = new StubDevice("stub0", queues);
    dev.bind(1, List.of(new WorkerContext(cpu, flushList)), 0, DEAF);
    dev.setRxHandler(skb -> {
      delivered++;
      skb.consume();
      return true;
    });
    try {
      dev.open();
    } catch (DeviceException e) {
      throw new AssertionError(e);
    }
    NetReceive receive = new NetReceive(cpu, new PacketTypes());
    for (int i = 0; i < queues; i++) {
      Napi napi = new Napi(dev.rx(i), receive, softNet::add, Napi.WEIGHT_DEFAULT);
      napis.add(napi);
      dev.rx(i).duringReceive(q -> order.add(q.index()));
      napi.enable();
      if (busy) {
        napi.schedule();
      }
    }
  }

  ScriptedRxQueue rx(int i) {
    return dev.rx(i);
  }

  /** One round. */
  int round() {
    return softNet.netRxAction(clock.nanoTime());
  }

  @Override
  public void close() {
    memory.leaks().requireNoneInUse();
    memory.close();
  }
}
