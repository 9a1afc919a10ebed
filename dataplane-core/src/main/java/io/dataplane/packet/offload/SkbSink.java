package io.dataplane.packet.offload;

import io.dataplane.packet.SkBuff;

public interface SkbSink {
  void accept(SkBuff skb);
}
