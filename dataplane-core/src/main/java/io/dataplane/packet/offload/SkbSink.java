package io.dataplane.packet.offload;

import io.dataplane.packet.SkBuff;

/** Where packets go next. */
@FunctionalInterface
public interface SkbSink {

  /**
   * Takes a packet over.
   *
   * @param skb the packet, whose reference passes on
   */
  void receive(SkBuff skb);
}
