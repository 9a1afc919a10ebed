package io.dataplane.packet.offload;

import io.dataplane.packet.SkBuff;

/** Who takes packets one by one. */
@FunctionalInterface
public interface SkbSink {

  /**
   * Takes a packet.
   *
   * @param skb the packet; owned by the sink from here on
   */
  void accept(SkBuff skb);
}
