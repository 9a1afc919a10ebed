package io.dataplane.link.bridge;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxHandler;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;

/**
 * A device that is part of a bridge, and what happens to the frames that come in by it
 * (br_input.c).
 */
public final class BridgePort implements RxHandler {

  private final Bridge bridge;
  private final NetDevice dev;
  private final int number;
  private final FdbCache[] caches;
  private volatile PortState state = PortState.FORWARDING;

  BridgePort(Bridge bridge, NetDevice dev, int number, FdbCache[] caches) {
    this.bridge = bridge;
    this.dev = dev;
    this.number = number;
    this.caches = caches;
  }

  /** {@code br_handle_frame}: what no bridge forwards ends here. */
  @Override
  public boolean handle(SkBuff skb) {
    long at = skb.head() + skb.macHeader();
    long source = Ethernet.source(skb.memory(), at);
    if (!MacAddress.isValidUnicast(source)) {
      skb.free(DropReason.MAC_INVALID_SOURCE);
      return true;
    }
    long destination = Ethernet.destination(skb.memory(), at);
    if (MacAddress.isLinkLocal(destination)) {
      skb.free(DropReason.BRIDGE_LINK_LOCAL);
      return true;
    }
    handleFrameFinish(skb, source, destination);
    return true;
  }

  /** {@code br_handle_frame_finish}: learns, then forwards or floods. */
  private void handleFrameFinish(SkBuff skb, long source, long destination) {
    PortState s = state;
    int vlan = 0; // one filtering database until VLAN filtering gives each its own
    long nowMs = Bridge.millis(skb.cpu().nowNs());
    int cpu = skb.cpu().id();
    FdbCache cache = caches[cpu];
    if (s == PortState.FORWARDING || s == PortState.LEARNING) {
      bridge.count(cpu, cache.learn(source, vlan, nowMs));
    }
    if (s != PortState.FORWARDING) {
      skb.free(DropReason.BRIDGE_INGRESS_STP_STATE);
      return;
    }
    skb.push(Ethernet.HEADER_LENGTH);
    BridgePort to =
        MacAddress.isMulticast(destination)
            ? null
            : bridge.portAt(cache.lookup(destination, vlan, nowMs));
    if (to != null) {
      bridge.stats(cpu).forwarded.increment();
      BridgeForward.forward(to, this, skb);
    } else {
      bridge.stats(cpu).flooded.increment();
      BridgeForward.flood(bridge.ports(), this, skb);
    }
  }

  /**
   * The device.
   *
   * @return the device that is the port
   */
  public NetDevice dev() {
    return dev;
  }

  /**
   * The port's number in its bridge.
   *
   * @return from 1
   */
  public int number() {
    return number;
  }

  /**
   * Where the port stands.
   *
   * @return its state
   */
  public PortState state() {
    return state;
  }

  /**
   * Sets where the port stands.
   *
   * @param state the new state
   */
  public void state(PortState state) {
    this.state = state;
  }
}
