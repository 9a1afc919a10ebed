package io.dataplane.napi;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import io.dataplane.device.NetDevice;
import io.dataplane.device.RxHandler;
import io.dataplane.packet.Cpu;
import io.dataplane.packet.SkBuff;
import io.dataplane.packet.offload.SkbSink;
import io.dataplane.wire.Ethernet;

/**
 * Where a packet enters the stack ({@code netif_receive_skb}, net/core/dev.c): the Ethernet header
 * is read once, then the device's handler, if it is a port of something, or the protocol takes the
 * packet. One per worker.
 */
public final class NetReceive implements SkbSink {

  private final Cpu cpu;
  private final PacketTypes types;

  /**
   * Makes a worker's entrance.
   *
   * @param cpu the worker
   * @param types the protocols
   */
  public NetReceive(Cpu cpu, PacketTypes types) {
    this.cpu = cpu;
    this.types = types;
  }

  /**
   * Takes a packet whose data begins at its Ethernet header.
   *
   * @param skb the packet, its device set; owned by the stack from here on
   */
  @Override
  public void receive(SkBuff skb) {
    if (skb.panicked()) {
      skb.free(DropReason.SKB_PANIC);
      return;
    }
    if (!skb.mayPull(Ethernet.HEADER_LENGTH)) {
      skb.free(DropReason.PKT_TOO_SMALL);
      return;
    }
    NetDevice dev = (NetDevice) skb.dev();
    if (dev == null) {
      skb.free(DropReason.NOT_SPECIFIED);
      return;
    }
    typeTrans(skb, dev);
    RxHandler handler = dev.rxHandler();
    if (handler != null && handler.handle(skb)) {
      return;
    }
    deliver(skb);
  }

  /** {@code eth_type_trans}: protocol, for whom, and on to the payload. */
  private static void typeTrans(SkBuff skb, NetDevice dev) {
    long at = skb.position();
    skb.macHeader(skb.data());
    skb.protocol(Ethernet.type(skb.memory(), at));
    long destination = Ethernet.destination(skb.memory(), at);
    skb.pktType(packetType(destination, dev));
    skb.pull(Ethernet.HEADER_LENGTH);
    skb.networkHeader(skb.data());
  }

  private static int packetType(long destination, NetDevice dev) {
    if (MacAddress.isMulticast(destination)) {
      return destination == MacAddress.BROADCAST
          ? SkBuff.PACKET_BROADCAST
          : SkBuff.PACKET_MULTICAST;
    }
    return destination == dev.mac() ? SkBuff.PACKET_HOST : SkBuff.PACKET_OTHERHOST;
  }

  private void deliver(SkBuff skb) {
    PacketHandler handler = types.find(skb.protocol());
    if (handler == null) {
      skb.free(DropReason.UNHANDLED_PROTO);
    } else {
      handler.receive(skb);
    }
  }

  /**
   * The worker.
   *
   * @return its per-CPU data
   */
  public Cpu cpu() {
    return cpu;
  }
}
