package io.dataplane.napi;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.TxFlushList;
import io.dataplane.device.TxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One thread announces frames while another completes and re-arms. The consumer polls only what was
 * scheduled, and the producer now and then waits until everything has been taken: a lost wake-up
 * hangs the test.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NapiWakeupTest {

  private static final long ARRIVALS = 2_000_000;

  private final FrameMemory memory = new FrameMemory(256, 0, 1);
  private final Cpu cpu = new Cpu(0, memory, 256);
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final ConcurrentLinkedQueue<Napi> scheduled = new ConcurrentLinkedQueue<>();

  @Test
  void noWakeUpIsLostBetweenCompletionAndArrival() throws Exception {
    TwoThreadDevice dev = new TwoThreadDevice();
    TxFlushList flushList = new TxFlushList();
    dev.bind(1, List.of(new WorkerContext(cpu, flushList)), 0, NapiBed.DEAF);
    dev.setRxHandler(skb -> {
      skb.consume();
      return true;
    });
    dev.open();
    SoftNet softNet = new SoftNet(() -> 0, flushList, 300, Long.MAX_VALUE, false);
    NetReceive receive = new NetReceive(cpu, new PacketTypes());
    Napi napi = new Napi(dev.queue(), receive, scheduled::add, 4);
    napi.enable();

    Thread producer = new Thread(() -> produce(dev.queue()), "producer");
    producer.start();
    int spins = 0;
    while (taken.get() < ARRIVALS) {
      Napi next = scheduled.poll();
      if (next != null) {
        softNet.add(next);
      }
      spins = softNet.netRxAction(0) > 0 || next != null ? 0 : spins + 1;
      relax(spins);
    }
    producer.join();
    assertThat(taken.get()).isEqualTo(ARRIVALS);
    assertThat(napi.stats().frames().get()).isEqualTo(ARRIVALS);
    assertThat(napi.stats().completions().get()).isGreaterThan(ARRIVALS / 1000);
    memory.leaks().requireNoneInUse();
    memory.close();
  }

  /** Spins, and leaves the core to others where that takes long. */
  private static void relax(int spins) {
    if (spins > 2000) {
      LockSupport.parkNanos(1);
    } else if (spins > 0) {
      Thread.onSpinWait();
    }
  }

  private void produce(TwoThreadDevice.Queue queue) {
    for (long i = 1; i <= ARRIVALS; i++) {
      arrived.set(i);
      queue.announce();
      if (i % 31 == 0) {
        for (int spins = 0; taken.get() < i; spins++) {
          relax(spins);
        }
      }
    }
  }

  /** A device whose one queue another thread fills. */
  private final class TwoThreadDevice extends NetDevice {

    private final Queue queue = new Queue(this);

    TwoThreadDevice() {
      super("two0", 0x0200_0000_0002L, 1500);
    }

    Queue queue() {
      return queue;
    }

    @Override
    protected void onBind(List<WorkerContext> workers, int firstWorker) {}

    @Override
    protected void onOpen() {}

    @Override
    protected void onStop() {}

    @Override
    public List<RxQueue> rxQueues() {
      return List.of(queue);
    }

    @Override
    public TxQueue txQueue(int worker) {
      return new NoTxQueue(this, new WorkerContext(cpu, new TxFlushList()));
    }

    @Override
    public int txQueueCount() {
      return 1;
    }

    @Override
    public String driver() {
      return "two";
    }

    /** Counts instead of frames. */
    final class Queue extends RxQueue {

      Queue(NetDevice dev) {
        super(dev, 0, cpu);
      }

      void announce() {
        VarHandle.fullFence();
        notifyArrival();
      }

      @Override
      public int receive(int[] frames, int max) {
        int n = (int) Math.min(max, arrived.get() - taken.get());
        for (int i = 0; i < n; i++) {
          frames[i] = cpu.frames().alloc();
          memory.slab().table().reset(frames[i], FrameSlab.HEADROOM, 60);
        }
        taken.addAndGet(n);
        return n;
      }

      @Override
      public boolean rearm() {
        VarHandle.fullFence();
        return arrived.get() > taken.get();
      }
    }
  }

  /** Sends nothing. */
  private static final class NoTxQueue extends TxQueue {

    NoTxQueue(NetDevice dev, WorkerContext ctx) {
      super(dev, ctx);
    }

    @Override
    protected boolean startXmit(SkBuff skb) {
      return false;
    }

    @Override
    protected boolean startXmitFrame(int frame) {
      return false;
    }

    @Override
    protected void flush() {}

    @Override
    public void discard(DropReason reason) {}
  }
}
