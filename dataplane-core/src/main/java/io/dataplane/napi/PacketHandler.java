package io.dataplane.napi;

import io.dataplane.packet.SkBuff;

/** Takes the packets of one EtherType ({@code struct packet_type}). */
@FunctionalInterface
public interface PacketHandler {

  /**
   * Takes a packet whose data begins behind the Ethernet header. Called by the worker that received
   * it.
   *
   * @param skb the packet; owned by the handler from here on
   */
  void receive(SkBuff skb);
}
