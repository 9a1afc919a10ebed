package io.dataplane.device;

import io.dataplane.base.DropReason;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.SkbValidate;
import org.jspecify.annotations.Nullable;

/**
 * The way out ({@code dev_queue_xmit}, net/core/dev.c). Runs on the worker that owns the packet.
 */
public final class DeviceXmit {

  private DeviceXmit() {}

  /**
   * Sends a packet by a device, in a form that this device takes, or drops it with its reason.
   *
   * @param skb the packet, data at its Ethernet header; owned by the device from here on
   * @param dev the device
   */
  public static void queueXmit(SkBuff skb, NetDevice dev) {
    skb.dev(dev);
    int cpu = skb.cpu().id();
    if (!dev.isUp()) {
      if (cpu < dev.txQueueCount()) { // a device that never was up may have no queues yet
        dev.txQueue(cpu).stats().drops().increment();
      }
      skb.free(DropReason.DEV_READY);
      return;
    }
    TxQueue queue = dev.txQueue(cpu);
    @Nullable SkBuff s = SkbValidate.validateXmit(skb, dev.features());
    while (s != null) {
      SkBuff next = s.next();
      s.next(null);
      queue.xmit(s);
      s = next;
    }
  }
}
