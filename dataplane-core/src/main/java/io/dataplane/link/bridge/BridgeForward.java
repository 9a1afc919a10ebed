package io.dataplane.link.bridge;

import io.dataplane.base.DropReason;
import io.dataplane.device.DeviceXmit;
import io.dataplane.device.NetDevice;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.SkbGso;
import io.dataplane.wire.Ethernet;
import org.jspecify.annotations.Nullable;

/** How frames leave a bridge (br_forward.c). Runs on the worker that received the frame. */
final class BridgeForward {

  private static final int VLAN_HLEN = 4;

  private BridgeForward() {}

  /** {@code br_forward}: to one port. */
  static void forward(BridgePort to, BridgePort from, SkBuff skb) {
    if (!shouldDeliver(to, from)) {
      skb.free(DropReason.BRIDGE_NO_EGRESS_PORT);
      return;
    }
    deliver(to, skb);
  }

  /**
   * {@code br_flood}: to every port but the one it came in by; the last one gets the packet itself,
   * the others clones.
   */
  static void flood(BridgePort[] ports, BridgePort from, SkBuff skb) {
    BridgePort previous = null;
    for (BridgePort port : ports) {
      if (!shouldDeliver(port, from)) {
        continue;
      }
      if (previous != null) {
        deliverClone(previous, skb);
      }
      previous = port;
    }
    if (previous == null) {
      skb.free(DropReason.BRIDGE_NO_EGRESS_PORT);
    } else {
      deliver(previous, skb);
    }
  }

  private static void deliverClone(BridgePort to, SkBuff skb) {
    SkBuff clone = skb.cloneSkb();
    if (clone == null) {
      skb.cpu().drops().count(to.dev().ifindex(), DropReason.NOMEM);
    } else {
      deliver(to, clone);
    }
  }

  private static boolean shouldDeliver(@Nullable BridgePort to, BridgePort from) {
    return to != null && to != from && to.state() == PortState.FORWARDING;
  }

  /** {@code br_dev_queue_push_xmit}, behind {@code is_skb_forwardable}. */
  private static void deliver(BridgePort to, SkBuff skb) {
    NetDevice dev = to.dev();
    if (!isForwardable(skb, dev.mtu() + Ethernet.HEADER_LENGTH + VLAN_HLEN)) {
      skb.dev(dev);
      skb.free(DropReason.PKT_TOO_BIG);
      return;
    }
    DeviceXmit.queueXmit(skb, dev);
  }

  /** A GSO packet fits where each of its segments does ({@code skb_gso_validate_mac_len}). */
  private static boolean isForwardable(SkBuff skb, int lengthMax) {
    return skb.len() <= lengthMax || (skb.isGso() && SkbGso.segmentLength(skb) <= lengthMax);
  }
}
