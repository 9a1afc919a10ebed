package io.dataplane.device;

import io.dataplane.packet.SkBuff;

/**
 * Takes the frames of a device before the protocols do, as a bridge port does ({@code
 * rx_handler_func_t}).
 */
@FunctionalInterface
public interface RxHandler {

  /**
   * Takes a packet whose data begins behind the Ethernet header. Called by the worker that received
   * it.
   *
   * @param skb the packet; owned by the handler if this returns true
   * @return false to let the protocols have it
   */
  boolean handle(SkBuff skb);
}
