package io.dataplane.drivers.tap;

import io.dataplane.drivers.RawFrames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Packets with a virtio-net header that is wrong in some way, or in none. */
final class HostilePackets {

  private static final int HDR = TapRxSlots.VNET_HDR;
  private static final int[] GSO_TYPES = {0, 1, 3, 4, 5, 0x80, 0x81, 0x84, 0x85, 2, 0x7f, 0xff};
  private static final int[] EDGES = {0, 1, 2, 7, 8, 14, 20, 33, 34, 54, 1448, 0x7fff, 0xfffe};

  private HostilePackets() {}

  /** The next packet: mostly a real one with one lie, at times nothing but noise. */
  static byte[] next(SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(66_000) : 14 + random.nextInt(3000);
    byte[] packet = new byte[HDR + length];
    random.nextBytes(packet);
    if (length < 14 || random.nextInt(8) == 0) {
      return packet;
    }
    byte[] frame = RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, length, 1);
    System.arraycopy(frame, 0, packet, HDR, 14);
    ByteBuffer p = ByteBuffer.wrap(packet);
    int l4 = random.nextBoolean() ? ipv4(p, length, random) : ipv6(p, length, random);
    if (l4 == 0) {
      return packet;
    }
    header(p.order(ByteOrder.LITTLE_ENDIAN), l4, random);
    lie(p, random);
    return packet;
  }

  private static int ipv4(ByteBuffer p, int length, SplittableRandom random) {
    if (length < 14 + 20 + 20) {
      return 0;
    }
    int ip = HDR + 14;
    p.putShort(HDR + 12, (short) 0x0800).putShort(ip, (short) 0x4500);
    p.putShort(ip + 2, (short) (length - 14)).putShort(ip + 6, (short) 0);
    boolean tcp = random.nextBoolean();
    p.put(ip + 9, (byte) (tcp ? 6 : 17));
    transport(p, ip + 20, length - 34, tcp);
    return tcp ? 34 : -34;
  }

  private static int ipv6(ByteBuffer p, int length, SplittableRandom random) {
    if (length < 14 + 40 + 20) {
      return 0;
    }
    int ip = HDR + 14;
    p.putShort(HDR + 12, (short) 0x86dd).putInt(ip, 0x60000000);
    p.putShort(ip + 4, (short) (length - 54));
    boolean tcp = random.nextBoolean();
    p.put(ip + 6, (byte) (tcp ? 6 : 17));
    transport(p, ip + 40, length - 54, tcp);
    return tcp ? 54 : -54;
  }

  private static void transport(ByteBuffer p, int at, int length, boolean tcp) {
    if (tcp) {
      p.putShort(at + 12, (short) 0x5010);
    } else {
      p.putShort(at + 4, (short) length);
    }
  }

  /** A true header for a packet whose transport header is at l4, negative for UDP. */
  private static void header(ByteBuffer p, int l4, SplittableRandom random) {
    boolean tcp = l4 > 0;
    int start = Math.abs(l4);
    int gso = tcp ? (start == 34 ? 1 : 4) : 5;
    p.put(0, (byte) 1).put(1, (byte) (random.nextBoolean() ? gso : 0));
    p.putShort(2, (short) (start + (tcp ? 20 : 8)));
    p.putShort(4, (short) (random.nextBoolean() ? 1400 : 8 + random.nextInt(1000)));
    p.putShort(6, (short) start).putShort(8, (short) (tcp ? 16 : 6));
  }

  private static void lie(ByteBuffer p, SplittableRandom random) {
    int value = random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(65_536);
    switch (random.nextInt(9)) {
      case 0 -> p.put(0, (byte) value);
      case 1 -> p.put(1, (byte) GSO_TYPES[random.nextInt(GSO_TYPES.length)]);
      case 2 -> p.putShort(2, (short) value);
      case 3 -> p.putShort(4, (short) value);
      case 4 -> p.putShort(6, (short) value);
      case 5 -> p.putShort(8, (short) value);
      case 6 ->
          p.put(HDR + 14 + random.nextInt(Math.min(60, p.capacity() - HDR - 14)), (byte) value);
      case 7 -> p.putShort(HDR + 12, (short) (random.nextBoolean() ? 0x8100 : value));
      default -> {} // the truth
    }
  }
}
