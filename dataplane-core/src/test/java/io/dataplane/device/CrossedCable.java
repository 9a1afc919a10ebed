package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameRing;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a cable on which what worker {@code i} sends is received by worker {@code i + 1}, so
 * that every frame ends its life away from home.
 */
public final class CrossedCable extends NetDevice {

  private static final int RING_FRAMES = 1024;

  private final List<RxQueue> rx = new ArrayList<>();
  private final List<CrossedTxQueue> tx = new ArrayList<>();
  private List<WorkerContext> workers = List.of();
  private @Nullable CrossedCable peer;

  private CrossedCable(String name, long mac) {
    super(name, mac, 1500);
  }

  /** Makes both ends. */
  public static List<CrossedCable> pair(String a, long macA, String b, long macB) {
    CrossedCable first = new CrossedCable(a, macA);
    CrossedCable second = new CrossedCable(b, macB);
    first.peer = second;
    second.peer = first;
    return List.of(first, second);
  }

  private CrossedCable peer() {
    CrossedCable p = peer;
    if (p == null) {
      throw new IllegalStateException("an end without its peer");
    }
    return p;
  }

  @Override
  protected void onBind(List<WorkerContext> contexts, int firstWorker) {
    workers = contexts;
    for (WorkerContext ctx : contexts) {
      rx.add(new CrossedRxQueue(this, ctx.cpu().id(), ctx.cpu()));
    }
    connect();
    peer().connect();
  }

  private void connect() {
    if (tx.isEmpty() && !workers.isEmpty() && !peer().rx.isEmpty()) {
      for (WorkerContext ctx : workers) {
        int to = (ctx.cpu().id() + 1) % workers.size();
        tx.add(new CrossedTxQueue(this, ctx, (CrossedRxQueue) peer().rx.get(to)));
      }
    }
  }

  @Override
  protected void onOpen() {}

  @Override
  protected void onStop() {}

  @Override
  public List<RxQueue> rxQueues() {
    return List.copyOf(rx);
  }

  @Override
  public TxQueue txQueue(int cpu) {
    return tx.get(cpu);
  }

  @Override
  public int txQueueCount() {
    return tx.size();
  }

  @Override
  public String driver() {
    return "crossed";
  }

  private static final class CrossedRxQueue extends RxQueue {

    private final FrameRing ring = new FrameRing(RING_FRAMES);

    CrossedRxQueue(NetDevice dev, int index, Cpu cpu) {
      super(dev, index, cpu);
    }

    void announce() {
      VarHandle.fullFence();
      notifyArrival();
    }

    @Override
    public int receive(int[] frames, int max) {
      int n = ring.poll(frames, max);
      stats().packets().add(n);
      return n;
    }

    @Override
    public boolean rearm() {
      VarHandle.fullFence();
      return !ring.isEmpty();
    }

    @Override
    public void discard() {
      for (int f = ring.poll(); f != FrameSlab.NONE; f = ring.poll()) {
        cpu().drops().count(dev().ifindex(), DropReason.DEV_GONE);
        cpu().frames().putChain(f);
      }
    }
  }

  private static final class CrossedTxQueue extends TxQueue {

    private final CrossedRxQueue to;

    CrossedTxQueue(NetDevice dev, WorkerContext ctx, CrossedRxQueue to) {
      super(dev, ctx);
      this.to = to;
    }

    @Override
    protected boolean startXmit(SkBuff skb) {
      if (!to.dev().isUp() || !to.ring.hasRoom()) {
        return false;
      }
      int frame = skb.detach();
      if (frame == FrameSlab.NONE) {
        skb.free(DropReason.NOMEM);
      } else {
        to.ring.offer(frame);
        stats().packets().increment();
      }
      return true;
    }

    @Override
    protected boolean startXmitFrame(int frame) {
      boolean sent = to.dev().isUp() && to.ring.offer(frame);
      if (sent) {
        stats().packets().increment();
      }
      return sent;
    }

    @Override
    protected void flush() {
      to.announce();
    }

    @Override
    public void discard(DropReason reason) {
      flush();
    }
  }
}
