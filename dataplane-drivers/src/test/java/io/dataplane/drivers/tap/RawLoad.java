package io.dataplane.drivers.tap;

import io.dataplane.drivers.Await;
import io.dataplane.drivers.RawFrames;
import io.dataplane.drivers.nativeio.PacketSocket;

/** Frames from one host's raw socket to the other host until closed, whatever becomes of them. */
final class RawLoad implements AutoCloseable {

  private static final int BURST = 50;

  private final TapHost to;
  private final PacketSocket socket;
  private final Thread thread;
  private volatile boolean stopping;

  private RawLoad(TapHost from, TapHost to, int length, boolean pausing) {
    this.to = to;
    this.socket = from.packets();
    byte[] frame = RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, length, 1);
    thread = Thread.ofPlatform().daemon().name("load").start(() -> run(frame, pausing));
  }

  /** Some ten thousand frames a second. */
  static RawLoad steady(TapHost from, TapHost to) {
    return new RawLoad(from, to, 200, true);
  }

  /** As many frames as there is time for. */
  static RawLoad flood(TapHost from, TapHost to, int length) {
    return new RawLoad(from, to, length, false);
  }

  private void run(byte[] frame, boolean pausing) {
    while (!stopping) {
      for (int i = 0; i < BURST; i++) {
        socket.send(frame);
      }
      if (pausing) {
        Await.pauseMs(1);
      }
    }
  }

  /** Waits until frames have crossed. */
  void awaitFrames(int count) {
    long before = to.sent();
    Await.until("frames cross", () -> to.sent() >= before + count);
  }

  @Override
  public void close() {
    stopping = true;
    Await.until("the load ends", () -> !thread.isAlive());
    socket.close();
  }
}
