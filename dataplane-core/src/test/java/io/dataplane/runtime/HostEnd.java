package io.dataplane.runtime;

import io.dataplane.device.RxHandler;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.Ethernet;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What a test's host received. */
final class HostEnd implements RxHandler {

  final List<byte[]> frames = new ArrayList<>();

  @Override
  public boolean handle(SkBuff skb) {
    skb.push(Ethernet.HEADER_LENGTH);
    byte[] bytes = new byte[skb.len()];
    skb.copyBits(0, MemorySegment.ofArray(bytes), 0, bytes.length);
    frames.add(bytes);
    skb.consume();
    return true;
  }

  int count() {
    return frames.size();
  }
}
