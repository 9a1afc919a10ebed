package io.dataplane.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.dataplane.base.Counter;
import io.dataplane.base.DropReason;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.Cpu;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * The faults of one queue: frames go in by {@link #pass} and come out by {@link #poll}, fewer,
 * more, changed, later or in another order. Owned by the queue's worker; allocates nothing per
 * frame.
 */
final class FaultInjector {

  /** Frames held back at a time; beyond, no further frame is delayed or reordered. */
  static final int HELD_MAX = 256;

  /** A reordered frame that nothing follows goes on after this time. */
  private static final long REORDER_MAX_NS = 1_000_000;

  private static final int REORDER_DISTANCE_MAX = 4;

  /** Room for what one full poll can become: each frame twice, and all that was held. */
  private static final int READY_MAX = 4096;

  private final Cpu cpu;
  private final NetDevice dev;
  private final QueueStats stats;
  private final FaultPlan plan;
  private final int lengthMin;
  private final FramePool pool;
  private final FrameSlab slab;
  private final FrameTable table;
  private final MemorySegment memory;
  private final SplittableRandom random;
  private final Counter[] injected = new Counter[Fault.count()];

  private final int[] ready = new int[READY_MAX];
  private int readyHead;
  private int readyTail;

  private final int[] held = new int[HELD_MAX];
  private final long[] heldUntilNs = new long[HELD_MAX];
  private final long[] heldUntilFrame = new long[HELD_MAX];
  private int heldCount;
  private long framesPassed;

  /**
   * Makes the faults of a queue.
   *
   * @param cpu the queue's worker
   * @param dev the device that drops are charged to
   * @param stats the queue's counters, for errors
   * @param plan how often what happens
   * @param seed the same seed and frames give the same faults
   * @param lengthMin bytes that truncation leaves at least
   */
  FaultInjector(
      Cpu cpu, NetDevice dev, QueueStats stats, FaultPlan plan, long seed, int lengthMin) {
    this.cpu = cpu;
    this.dev = dev;
    this.stats = stats;
    this.plan = plan;
    this.lengthMin = lengthMin;
    this.pool = cpu.frames();
    this.slab = cpu.memory().slab();
    this.table = slab.table();
    this.memory = slab.data();
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < injected.length; i++) {
      injected[i] = new Counter();
    }
  }

  /** Whether frames may go past this, untouched. */
  boolean isIdle() {
    return plan.isNone();
  }

  Counter injected(Fault fault) {
    return injected[fault.ordinal()];
  }

  /** Decides on one fault, and counts it where it happens. */
  boolean strikes(Fault fault) {
    double p = plan.probability(fault);
    if (p == 0 || random.nextDouble() >= p) {
      return false;
    }
    injected[fault.ordinal()].increment();
    return true;
  }

  /**
   * Takes one frame.
   *
   * @param frame its head, owned by this from here on
   * @param mayHold whether it may be held back, because somebody will come for it
   */
  void pass(int frame, boolean mayHold) {
    if (strikes(Fault.LOSS)) {
      drop(frame, DropReason.FAULT_INJECTED);
      return;
    }
    if (strikes(Fault.ERROR)) {
      stats.errors().increment();
      drop(frame, DropReason.FAULT_INJECTED);
      return;
    }
    if (strikes(Fault.TRUNCATE)) {
      truncate(frame);
    }
    if (strikes(Fault.CORRUPT)) {
      corrupt(frame);
    }
    framesPassed++;
    if (strikes(Fault.DUPLICATE)) {
      int copy = copy(frame);
      if (copy != FrameSlab.NONE) {
        makeReady(copy);
      }
    }
    if (!mayHold || heldCount == HELD_MAX || !hold(frame)) {
      makeReady(frame);
    }
    release();
  }

  private boolean hold(int frame) {
    if (strikes(Fault.DELAY)) {
      hold(frame, cpu.nowNs() + plan.delayNs(), Long.MAX_VALUE);
      return true;
    }
    if (strikes(Fault.REORDER)) {
      int distance = 1 + random.nextInt(REORDER_DISTANCE_MAX);
      hold(frame, cpu.nowNs() + REORDER_MAX_NS, framesPassed + distance);
      return true;
    }
    return false;
  }

  private void hold(int frame, long untilNs, long untilFrame) {
    held[heldCount] = frame;
    heldUntilNs[heldCount] = untilNs;
    heldUntilFrame[heldCount++] = untilFrame;
  }

  /** Lets go what has been held for long enough. */
  void release() {
    int kept = 0;
    for (int i = 0; i < heldCount; i++) {
      if (heldUntilNs[i] <= cpu.nowNs() || heldUntilFrame[i] <= framesPassed) {
        makeReady(held[i]);
      } else {
        held[kept] = held[i];
        heldUntilNs[kept] = heldUntilNs[i];
        heldUntilFrame[kept++] = heldUntilFrame[i];
      }
    }
    heldCount = kept;
  }

  private void makeReady(int frame) {
    ready[readyTail++ & (READY_MAX - 1)] = frame;
  }

  /** The next frame that goes on, or {@link FrameSlab#NONE}. */
  int poll() {
    return readyHead == readyTail ? FrameSlab.NONE : ready[readyHead++ & (READY_MAX - 1)];
  }

  int readyCount() {
    return readyTail - readyHead;
  }

  int heldCount() {
    return heldCount;
  }

  /** Drops everything, as the device stops. */
  void dropAll(DropReason reason) {
    for (int f = poll(); f != FrameSlab.NONE; f = poll()) {
      drop(f, reason);
    }
    for (int i = 0; i < heldCount; i++) {
      drop(held[i], reason);
    }
    heldCount = 0;
  }

  private void drop(int frame, DropReason reason) {
    cpu.drops().count(dev.ifindex(), reason);
    pool.putChain(frame);
  }

  /** Leaves a part of the first buffer, without offloads: what they spoke of may be gone. */
  private void truncate(int frame) {
    int length = table.length(frame);
    int rest = table.next(frame);
    if (rest != FrameSlab.NONE) {
      table.next(frame, FrameSlab.NONE);
      pool.putChain(rest);
    }
    table.offload(frame, 0);
    if (length > lengthMin) {
      table.length(frame, random.nextInt(lengthMin, length));
    }
  }

  private void corrupt(int frame) {
    int length = table.length(frame);
    if (length > 0) {
      long at = FrameSlab.offsetOf(frame) + table.offset(frame) + random.nextInt(length);
      byte flipped = (byte) (memory.get(JAVA_BYTE, at) ^ 1 << random.nextInt(8));
      memory.set(JAVA_BYTE, at, flipped);
    }
  }

  /** A second frame with the same bytes, buffer by buffer; none where memory is used up. */
  private int copy(int frame) {
    int head = FrameSlab.NONE;
    int last = FrameSlab.NONE;
    for (int b = frame; b != FrameSlab.NONE; b = table.next(b)) {
      int c = slab.isBlock(b) ? pool.allocBlock() : pool.alloc();
      if (c == FrameSlab.NONE) {
        pool.putChain(head);
        return FrameSlab.NONE;
      }
      copyBuffer(b, c);
      if (last == FrameSlab.NONE) {
        head = c;
      } else {
        table.next(last, c);
      }
      last = c;
    }
    return head;
  }

  private void copyBuffer(int from, int to) {
    int meta = table.metaLength(from);
    int start = table.offset(from) - meta;
    int bytes = meta + table.length(from);
    MemorySegment.copy(
        memory, FrameSlab.offsetOf(from) + start, memory, FrameSlab.offsetOf(to) + start, bytes);
    table.reset(to, table.offset(from), table.length(from));
    table.metaLength(to, meta);
    table.vlan(to, table.vlan(from));
    table.offload(to, table.offload(from));
    table.hash(to, table.hash(from));
    table.rxDevice(to, table.rxDevice(from));
    table.rxQueue(to, table.rxQueue(from));
    table.tstampNs(to, table.tstampNs(from));
  }
}
