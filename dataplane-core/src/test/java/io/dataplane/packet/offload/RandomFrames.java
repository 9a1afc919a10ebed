package io.dataplane.packet.offload;

import java.util.Random;

/** Random headers that a real sender could have made. */
final class RandomFrames {

  private RandomFrames() {}

  static FrameSpec spec(Random r, boolean udp) {
    FrameSpec s = new FrameSpec();
    s.udp = udp;
    s.v6 = r.nextBoolean();
    s.tags = new int[r.nextInt(4) == 0 ? 1 + r.nextInt(2) : 0];
    for (int i = 0; i < s.tags.length; i++) {
      boolean outer = i == 0 && s.tags.length == 2;
      s.tags[i] = (outer ? 0x88a8 : 0x8100) << 16 | r.nextInt(1 << 16);
    }
    if (r.nextInt(5) == 0) {
      s.ipOptions = bytes(r, s.v6 ? 8 * (1 + r.nextInt(3)) : 4 * (1 + r.nextInt(10)));
    }
    s.tos = r.nextInt(256);
    s.ttl = 1 + r.nextInt(255);
    s.id = r.nextInt(1 << 16);
    s.fragment = r.nextInt(4) == 0 ? 0 : 0x4000;
    s.flowLabel = r.nextInt(1 << 20);
    s.srcHost = r.nextInt(1 << 24);
    s.dstHost = r.nextInt(1 << 24);
    s.srcPort = r.nextInt(1 << 16);
    s.dstPort = r.nextInt(1 << 16);
    s.seq = r.nextInt();
    s.ack = r.nextInt();
    s.window = r.nextInt(1 << 16);
    s.options = udp ? new byte[0] : bytes(r, 4 * (r.nextBoolean() ? 3 : r.nextInt(11)));
    return s;
  }

  static byte[] bytes(Random r, int n) {
    byte[] b = new byte[n];
    r.nextBytes(b);
    return b;
  }
}
