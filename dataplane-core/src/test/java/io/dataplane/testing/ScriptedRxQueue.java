package io.dataplane.testing;

import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A receive queue whose host is the test: frames appear when it says so, one thread at a time. */
public final class ScriptedRxQueue extends RxQueue {

  private static final int FRAME_LENGTH = 60;

  private int fd = NO_FD;
  private IntConsumer describe = f -> {};
  private int waiting;
  private int receives;
  private int rearms;
  private Consumer<ScriptedRxQueue> duringReceive = q -> {};
  private Consumer<ScriptedRxQueue> beforeRearm = q -> {};

  ScriptedRxQueue(NetDevice dev, int index, Cpu cpu) {
    super(dev, index, cpu);
  }

  /** Frames appear, and nobody is told. */
  public void arrive(int n) {
    waiting += n;
  }

  /** Frames appear, and the notifier is told. */
  public void arriveAndAnnounce(int n) {
    arrive(n);
    VarHandle.fullFence(); // pairs with the one in rearm, as a ring's does
    notifyArrival();
  }

  /** Has something happen in each {@link #receive}. */
  public void duringReceive(Consumer<ScriptedRxQueue> action) {
    duringReceive = action;
  }

  /** Has something happen in each {@link #rearm} before it looks: the gap after an empty poll. */
  public void beforeRearm(Consumer<ScriptedRxQueue> action) {
    beforeRearm = action;
  }

  @Override
  public int receive(int[] frames, int max) {
    receives++;
    duringReceive.accept(this);
    int n = 0;
    while (n < max && waiting > 0) {
      int frame = cpu().frames().alloc();
      cpu().memory().slab().table().reset(frame, FrameSlab.HEADROOM, FRAME_LENGTH);
      describe.accept(frame);
      frames[n++] = frame;
      waiting--;
    }
    return n;
  }

  @Override
  public boolean rearm() {
    rearms++;
    beforeRearm.accept(this);
    VarHandle.fullFence();
    return waiting > 0;
  }

  /** Changes the descriptor of each frame that it hands out. */
  public void describe(IntConsumer change) {
    describe = change;
  }

  /** Makes it a queue that is announced by a descriptor. */
  public void eventFd(int newFd) {
    fd = newFd;
  }

  @Override
  public int eventFd() {
    return fd;
  }

  /** Frames that nobody has taken. */
  public int waiting() {
    return waiting;
  }

  /** How often it was polled. */
  public int receives() {
    return receives;
  }

  /** How often it was re-armed. */
  public int rearms() {
    return rearms;
  }
}
