package io.dataplane.testing;

import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.WorkerContext;
import java.util.ArrayList;
import java.util.List;

/** A device whose host is the test. */
public final class StubDevice extends NetDevice {

  private final int queues;
  private Runnable onStop = () -> {};
  private final List<ScriptedRxQueue> rx = new ArrayList<>();
  private final List<StubTxQueue> tx = new ArrayList<>();

  /** Makes a device with so many receive queues. */
  public StubDevice(String name, int queues) {
    super(name, 0x0200_0000_00ffL, 1500);
    this.queues = queues;
  }

  @Override
  protected void onBind(List<WorkerContext> workers, int firstWorker) {
    for (int i = 0; i < queues; i++) {
      rx.add(new ScriptedRxQueue(this, i, workers.get((firstWorker + i) % workers.size()).cpu()));
    }
    for (WorkerContext ctx : workers) {
      tx.add(new StubTxQueue(this, ctx));
    }
  }

  /** The host's end vanishes. */
  public void vanish(String why) {
    failed(why);
  }

  /** The host renames the device. */
  public void rename(String newName) {
    renamed(newName);
  }

  @Override
  protected void onOpen() {}

  /** Has something happen when it stops. */
  public void onStop(Runnable action) {
    onStop = action;
  }

  @Override
  protected void onStop() {
    onStop.run();
  }

  @Override
  public List<RxQueue> rxQueues() {
    return List.copyOf(rx);
  }

  /** A receive queue. */
  public ScriptedRxQueue rx(int i) {
    return rx.get(i);
  }

  @Override
  public StubTxQueue txQueue(int cpu) {
    return tx.get(cpu);
  }

  @Override
  public int txQueueCount() {
    return tx.size();
  }

  @Override
  public String driver() {
    return "stub";
  }
}
