package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameRing;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import java.lang.invoke.VarHandle;

/** The receive end of an in-memory device: a ring that one transmit queue fills. */
final class MemoryRxQueue extends RxQueue {

  private final FrameRing ring;
  private final FrameTable table;

  MemoryRxQueue(NetDevice dev, int index, int capacity, Cpu cpu) {
    super(dev, index, cpu);
    this.ring = new FrameRing(capacity);
    this.table = cpu.memory().slab().table();
  }

  /** Appends a frame. Called by the worker whose transmit queue feeds this one. */
  boolean offer(int frame) {
    return ring.offer(frame);
  }

  /**
   * Tells of what was appended. The fence pairs with the one in {@link #rearm}: either this thread
   * sees the queue armed, or the poller sees the frames.
   */
  void announce() {
    VarHandle.fullFence();
    notifyArrival();
  }

  @Override
  public int receive(int[] frames, int max) {
    int n = ring.poll(frames, max);
    long bytes = 0;
    for (int i = 0; i < n; i++) {
      int frame = frames[i];
      bytes += table.next(frame) == FrameSlab.NONE ? table.length(frame) : table.totalLength(frame);
      table.rxDevice(frame, dev().ifindex());
      table.rxQueue(frame, index());
    }
    stats().packets().add(n);
    stats().bytes().add(bytes);
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

  @Override
  public int backlog() {
    return ring.size();
  }

  FrameRing ring() {
    return ring;
  }
}
