package io.dataplane.napi;

import io.dataplane.base.DropReason;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxQueue;
import io.dataplane.device.XdpStats;
import io.dataplane.hook.XdpBuff;
import io.dataplane.hook.XdpHook;
import io.dataplane.hook.XdpTarget;
import io.dataplane.hook.XdpVerdict;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.Gro;
import io.dataplane.packet.offload.NetFeatures;
import org.jspecify.annotations.Nullable;

/**
 * Carries the frames of one poll from the queue to the stack: hook, adoption by an SkBuff, GRO.
 * Owned by the queue's worker.
 */
final class FrameReceiver {

  private final NetDevice dev;
  private final Cpu cpu;
  private final NetReceive receive;
  private final Gro gro;
  private final XdpBuff xdp;
  private final XdpStats xdpStats;
  private final int rxQueue;

  FrameReceiver(RxQueue queue, NetReceive receive) {
    this.dev = queue.dev();
    this.cpu = receive.cpu();
    this.receive = receive;
    this.gro = new Gro(cpu, dev.features(), receive);
    this.xdp = new XdpBuff(cpu.memory().slab());
    this.xdpStats = queue.xdpStats();
    this.rxQueue = queue.index();
  }

  /**
   * Takes the first {@code n} frames; the program and the GRO setting in force at its start hold
   * for all of them. A frame on which our own code fails does not take the others with it: the
   * failure is thrown when all have been handled.
   */
  void receive(int[] frames, int n) {
    XdpHook hook = dev.hook();
    boolean hooked = !XdpHook.PASS.equals(hook);
    boolean useGro = (dev.features() & NetFeatures.GRO) != 0;
    RuntimeException failure = null;
    int i = 0;
    while (i < n) {
      try {
        while (i < n) {
          int frame = frames[i++];
          if (hooked && !passes(hook, frame)) {
            continue;
          }
          SkBuff skb = cpu.skbs().adopt(frame, dev);
          if (skb == null) {
            drop(frame, DropReason.NOMEM);
          } else if (useGro) {
            gro.receive(skb);
          } else {
            receive.receive(skb);
          }
        }
      } catch (RuntimeException e) {
        failure = e; // and on with the next frame
      }
    }
    if (useGro) {
      gro.flush();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Runs the program; true where the frame goes on to the stack, else it has found its end here.
   */
  private boolean passes(XdpHook hook, int frame) {
    xdp.set(frame, dev.ifindex(), rxQueue);
    int verdict = run(hook, frame);
    if (verdict < 0 || verdict >= XdpVerdict.COUNT) {
      verdict = XdpVerdict.ABORTED;
    }
    xdpStats.verdict(verdict).increment();
    switch (verdict) {
      case XdpVerdict.PASS -> {
        xdp.commit();
        return true;
      }
      case XdpVerdict.TX -> {
        xdp.commit();
        transmit(frame, dev);
      }
      case XdpVerdict.REDIRECT -> {
        xdp.commit();
        transmit(frame, xdp.redirect());
      }
      case XdpVerdict.DROP -> drop(frame, DropReason.XDP);
      default -> drop(frame, DropReason.XDP_ABORTED);
    }
    return false;
  }

  private int run(XdpHook hook, int frame) {
    try {
      return hook.run(xdp);
    } catch (RuntimeException e) {
      xdpStats.verdict(XdpVerdict.ABORTED).increment();
      drop(frame, DropReason.XDP_ABORTED);
      throw e;
    }
  }

  private void transmit(int frame, @Nullable XdpTarget target) {
    if (target == null || !target.xdpXmit(frame, cpu.id())) {
      drop(frame, DropReason.XDP_REDIRECT);
    }
  }

  private void drop(int frame, DropReason reason) {
    cpu.drops().count(dev.ifindex(), reason);
    cpu.frames().putChain(frame);
  }
}
