package io.dataplane.drivers.tap;

import io.dataplane.base.DropReason;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.TxQueue;
import io.dataplane.device.WorkerContext;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.NetFeatures;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TAP device without the kernel: reads find the same frame each time, writes do nothing. */
final class KernelFreeTap extends NetDevice {

  private final byte[] frame;
  private @Nullable RxQueue rx;
  private @Nullable TxQueue tx;

  KernelFreeTap(String name, long mac, byte[] frame) {
    super(name, mac, 1500);
    this.frame = frame;
    features(
        NetFeatures.SG
            | NetFeatures.HW_CSUM
            | NetFeatures.TSO
            | NetFeatures.TSO6
            | NetFeatures.GRO
            | NetFeatures.RXCSUM);
  }

  @Override
  protected void onBind(List<WorkerContext> workers, int firstWorker) {
    rx = new Rx(this, workers.get(0).cpu(), frame);
    tx = new Tx(this, workers.get(0));
  }

  @Override
  protected void onOpen() {}

  @Override
  protected void onStop() {}

  @Override
  public List<RxQueue> rxQueues() {
    return rx == null ? List.of() : List.of(rx);
  }

  @Override
  public TxQueue txQueue(int cpu) {
    if (tx == null) {
      throw new IllegalStateException("not bound");
    }
    return tx;
  }

  @Override
  public int txQueueCount() {
    return tx == null ? 0 : 1;
  }

  @Override
  public String driver() {
    return "none";
  }

  /** The receive path behind the read. */
  private static final class Rx extends RxQueue {
    private final TapRxSlots slots;
    private final int length;

    Rx(NetDevice dev, Cpu cpu, byte[] frame) {
      super(dev, 0, cpu);
      this.slots = new TapRxSlots(cpu, TapRxQueue.BATCH_MAX);
      this.length = frame.length;
      // Every frame of the pool gets the bytes once; forwarding does not change them.
      int[] all = new int[cpu.frames().freeFrames()];
      for (int i = 0; i < all.length; i++) {
        all[i] = cpu.frames().alloc();
        MemorySegment.copy(
            frame,
            0,
            cpu.memory().slab().data(),
            ValueLayout.JAVA_BYTE,
            FrameSlab.offsetOf(all[i]) + FrameSlab.HEADROOM,
            frame.length);
      }
      for (int f : all) {
        cpu.frames().put(f);
      }
    }

    @Override
    public int receive(int[] frames, int max) {
      int n = 0;
      while (n < max) {
        int batch = slots.ensure(Math.min(TapRxQueue.BATCH_MAX, max - n));
        for (int i = 0; i < batch; i++) {
          int frame = slots.frame(i);
          if (slots.accept(i, length + TapRxSlots.VNET_HDR, 1, 0) == null) {
            frames[n++] = frame;
          }
        }
      }
      return n;
    }

    @Override
    public boolean rearm() {
      return false;
    }
  }

  /** The transmit path in front of the write. */
  private static final class Tx extends TxQueue {
    private final TapTxBatch batch;

    Tx(NetDevice dev, WorkerContext ctx) {
      super(dev, ctx);
      this.batch = new TapTxBatch(ctx.cpu());
    }

    @Override
    protected boolean startXmit(SkBuff skb) {
      if (batch.isFull()) {
        return false;
      }
      batch.add(skb);
      return true;
    }

    @Override
    protected boolean startXmitFrame(int frame) {
      if (batch.isFull()) {
        return false;
      }
      batch.add(frame);
      return true;
    }

    @Override
    protected void flush() {
      batch.clear();
    }

    @Override
    public void discard(DropReason reason) {
      batch.clear();
    }
  }
}
