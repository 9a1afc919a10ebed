package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.memory.Offload;
import io.dataplane.packet.SkBuff;
import io.dataplane.wire.VirtioNetHdr;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VnetHeadersTest {

  private static final int CSUM = VirtioNetHdr.F_NEEDS_CSUM;

  private static MemorySegment header(int flags, int type, int size, int start, int offset) {
    MemorySegment h = MemorySegment.ofArray(new byte[VirtioNetHdr.LENGTH]);
    VirtioNetHdr.write(h, 0, flags, type, 66, size, start, offset);
    return h;
  }

  /** Checks a header against a frame of which only the first {@code linear} bytes can be read. */
  private static long check(MemorySegment header, byte[] frame, int linear) {
    MemorySegment exact = MemorySegment.ofArray(Arrays.copyOf(frame, linear));
    return VnetHeaders.check(header, 0, exact, 0, linear, frame.length);
  }

  private static FrameSpec spec(boolean v6, boolean udp, int payload, int... tags) {
    FrameSpec s = new FrameSpec();
    s.v6 = v6;
    s.udp = udp;
    s.tags = tags;
    s.payload = new byte[payload];
    return s;
  }

  private static int type(FrameSpec s) {
    return s.udp ? VirtioNetHdr.GSO_UDP_L4 : s.v6 ? VirtioNetHdr.GSO_TCPV6 : VirtioNetHdr.GSO_TCPV4;
  }

  private static int csumOffset(FrameSpec s) {
    return s.checksumAt() - s.transport();
  }

  @Test
  void goodGsoHeadersAreBelieved() {
    for (boolean v6 : new boolean[] {false, true}) {
      for (boolean udp : new boolean[] {false, true}) {
        for (int[] tags : new int[][] {{}, {0x8100_0005}, {0x88a8_0007, 0x8100_0005}}) {
          FrameSpec s = spec(v6, udp, 20_000, tags);
          long o =
              check(header(CSUM, type(s), 1400, s.transport(), csumOffset(s)), s.bytes(), 1700);
          int gso = udp ? Offload.GSO_UDP_L4 : v6 ? Offload.GSO_TCPV6 : Offload.GSO_TCPV4;
          assertThat(o)
              .isEqualTo(Offload.of(Offload.CSUM_PARTIAL, s.transport(), csumOffset(s), gso, 1400));
        }
      }
    }
  }

  @Test
  void aGsoPacketOfOneSegmentIsAPlainOne() {
    FrameSpec s = spec(false, false, 1400);
    assertThat(check(header(CSUM, 1, 1400, 34, 16), s.bytes(), 1454))
        .isEqualTo(Offload.of(Offload.CSUM_PARTIAL, 34, 16, 0, 0));
  }

  @Test
  void ecnIsKept() {
    FrameSpec s = spec(false, false, 5000);
    long o = check(header(CSUM, 1 | VirtioNetHdr.GSO_ECN, 1400, 34, 16), s.bytes(), 1700);
    assertThat(Offload.gsoType(o)).isEqualTo(Offload.GSO_TCPV4 | Offload.GSO_TCP_ECN);
  }

  @Test
  void dataValidMeansUnnecessary() {
    byte[] frame = spec(false, false, 100).bytes();
    assertThat(check(header(VirtioNetHdr.F_DATA_VALID, 0, 0, 0, 0), frame, frame.length))
        .isEqualTo(Offload.of(Offload.CSUM_UNNECESSARY, 0, 0, 0, 0));
  }

  @Test
  void checksumPlacesMustBeLinearAndBehindAnIpHeader() {
    byte[] frame = new byte[1000];
    assertThat(check(header(CSUM, 0, 0, 34, 16), frame, 52)).isNotEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 0, 0, 34, 16), frame, 51)).isEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 0, 0, 33, 16), frame, 900)).isEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 0, 0, 899, 0), frame, 900)).isEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 0, 0, 898, 0), frame, 900)).isNotEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 0, 0, 0xffff, 0xffff), frame, 900))
        .isEqualTo(VnetHeaders.REFUSED);
  }

  @Test
  void liesAboutGsoAreRefused() {
    FrameSpec tcp = spec(false, false, 5000);
    FrameSpec tcp6 = spec(true, false, 5000);
    FrameSpec udp = spec(false, true, 5000);
    refused(tcp, header(CSUM, 2, 1400, 34, 16), "unknown type");
    refused(udp, header(CSUM, VirtioNetHdr.GSO_UDP, 1400, 34, 6), "UFO was not offered");
    refused(udp, header(CSUM, 5 | 0x80, 1400, 34, 6), "UDP has no ECN bit");
    refused(tcp, header(CSUM, 0x80, 1400, 34, 16), "ECN alone");
    refused(tcp, header(CSUM, 1, 0, 34, 16), "size 0");
    refused(tcp, header(CSUM, 1, 7, 34, 16), "size below TCP_MIN_GSO_SIZE");
    refused(tcp, header(CSUM, 1, 0xffff, 34, 16), "GSO_BY_FRAGS");
    refused(tcp, header(CSUM, 4, 1400, 34, 16), "TCPV6 on IPv4");
    refused(tcp6, header(CSUM, 1, 1400, 54, 16), "TCPV4 on IPv6");
    refused(udp, header(CSUM, 1, 1400, 34, 16), "TCP on UDP");
    refused(tcp, header(CSUM, 5, 1400, 34, 6), "UDP on TCP");
    refused(tcp, header(CSUM, 1, 1400, 36, 16), "csum start not at the transport header");
    refused(tcp, header(CSUM, 1, 1400, 34, 6), "csum offset not TCP's");
    refused(udp, header(CSUM, 5, 1400, 34, 16), "csum offset not UDP's");
    refused(udp, header(0, 5, 1400, 0, 0), "UDP without a partial checksum");
    refused(udp, header(VirtioNetHdr.F_DATA_VALID, 5, 1400, 0, 0), "UDP with a valid checksum");
    refused(udp, header(CSUM, 5, 39, 34, 6), "more than 128 datagrams");
    FrameSpec fragment = spec(false, false, 5000);
    fragment.fragment = 0x2000;
    refused(fragment, header(CSUM, 1, 1400, 34, 16), "a fragment");
    FrameSpec arp = spec(false, false, 5000);
    byte[] notIp = arp.bytes();
    notIp[13] = 6;
    assertThat(check(header(CSUM, 1, 1400, 34, 16), notIp, 1700)).isEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(CSUM, 5, 40, 34, 6), udp.bytes(), 1700))
        .as("125 datagrams")
        .isNotEqualTo(VnetHeaders.REFUSED);
    assertThat(check(header(0, 1, 1400, 0, 0), tcp.bytes(), 1700))
        .as("TCP without a partial checksum is the kernel's way too")
        .isEqualTo(Offload.of(0, 0, 0, Offload.GSO_TCPV4, 1400));
  }

  private static void refused(FrameSpec s, MemorySegment header, String why) {
    assertThat(check(header, s.bytes(), 1700)).as(why).isEqualTo(VnetHeaders.REFUSED);
  }

  @Test
  void headersMustBeLinear() {
    FrameSpec s = spec(true, false, 5000);
    s.options = new byte[12];
    for (int linear = 14; linear < s.headerLength(); linear++) {
      assertThat(check(header(CSUM, 4, 1400, 54, 16), s.bytes(), linear))
          .as("%d bytes", linear)
          .isEqualTo(VnetHeaders.REFUSED);
    }
    assertThat(check(header(CSUM, 4, 1400, 54, 16), s.bytes(), s.headerLength()))
        .isNotEqualTo(VnetHeaders.REFUSED);
  }

  @Test
  void hostileHeadersNeverReadBehindTheFrame() {
    for (long seed = 1; seed <= 100_000; seed++) {
      Random r = new Random(seed);
      FrameSpec s = RandomFrames.spec(r, r.nextBoolean());
      s.payload = new byte[r.nextInt(600)];
      byte[] frame = s.bytes();
      for (int i = r.nextInt(4); i > 0; i--) {
        frame[r.nextInt(Math.min(frame.length, 120))] = (byte) r.nextInt();
      }
      int linear = r.nextInt(frame.length + 1);
      MemorySegment h = hostile(r, s);
      // The segment ends at the last linear byte: a read behind it throws.
      long o = check(h, frame, linear);
      if (o == VnetHeaders.REFUSED) {
        continue;
      }
      if (Offload.csum(o) == Offload.CSUM_PARTIAL) {
        assertThat(Offload.csumStart(o) + Offload.csumOffset(o) + 2)
            .as("seed %d", seed)
            .isLessThanOrEqualTo(linear);
      }
      if (Offload.gsoSize(o) != 0) {
        assertThat(Offload.gsoType(o)).as("seed %d", seed).isNotZero();
        assertThat(Offload.gsoSize(o)).as("seed %d", seed).isLessThan(frame.length);
      }
    }
  }

  private static MemorySegment hostile(Random r, FrameSpec s) {
    int[] types = {0, 1, 3, 4, 5, 0x81, 0x84, r.nextInt(256), type(s), type(s)};
    boolean near = r.nextInt(3) != 0;
    return header(
        r.nextInt(4) == 0 ? r.nextInt(256) : CSUM,
        types[r.nextInt(types.length)],
        r.nextInt(3) == 0 ? r.nextInt(1 << 16) : r.nextInt(600),
        near ? s.transport() : r.nextInt(1 << 16),
        near ? csumOffset(s) : r.nextInt(1 << 16));
  }

  @Test
  void whatWasBelievedCanAlwaysBeSent() {
    try (PacketFixture f = new PacketFixture(2048, 16, 1024)) {
      FrameTable table = f.memory.slab().table();
      int believed = 0;
      for (long seed = 1; seed <= 20_000; seed++) {
        Random r = new Random(seed);
        FrameSpec s = RandomFrames.spec(r, r.nextBoolean());
        s.payload = RandomFrames.bytes(r, r.nextInt(9000));
        s.csum = FrameSpec.Csum.PSEUDO;
        byte[] bytes = s.bytes();
        int frame = frame(f, bytes);
        int before = f.cpu.frames().freeFrames();
        DropReason reason = VnetHeaders.receive(hostile(r, s), 0, f.memory.slab(), frame);
        assertThat(f.cpu.frames().freeFrames()).isEqualTo(before);
        assertCanaries(f, frame, bytes.length, seed);
        if (reason != null) {
          assertThat(reason).isEqualTo(DropReason.DEV_HDR);
          assertThat(table.offload(frame)).isZero();
          f.cpu.frames().putChain(frame);
          continue;
        }
        believed++;
        SkBuff skb = Objects.requireNonNull(f.cpu.skbs().adopt(frame, PacketFixture.DEV));
        long all = NetFeatures.SG | NetFeatures.HW_CSUM | NetFeatures.GSO_MASK;
        PacketFixture.consumeAll(SkbValidate.validateXmit(skb, r.nextBoolean() ? 0 : all));
      }
      assertThat(believed).isGreaterThan(2000);
      assertThat(f.cpu.drops().get(1, DropReason.SKB_GSO_SEG)).isZero();
      assertThat(f.cpu.drops().get(1, DropReason.SKB_CSUM)).isZero();
    }
  }

  private static final int LINEAR_MAX = 1700;
  private static final byte CANARY = (byte) 0xa5;

  private static int frame(PacketFixture f, byte[] bytes) {
    int frame = f.cpu.frames().alloc();
    MemorySegment memory = f.memory.slab().data();
    memory.asSlice(FrameSlab.offsetOf(frame), FrameSlab.FRAME_SIZE).fill(CANARY);
    int n = Math.min(bytes.length, LINEAR_MAX);
    MemorySegment from = MemorySegment.ofArray(bytes);
    MemorySegment.copy(from, 0, memory, FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM, n);
    f.memory.slab().table().reset(frame, FrameSlab.HEADROOM, n);
    if (n < bytes.length) {
      int block = f.cpu.frames().allocBlock();
      MemorySegment.copy(from, n, memory, FrameSlab.offsetOf(block), bytes.length - n);
      f.memory.slab().table().reset(block, 0, bytes.length - n);
      f.memory.slab().table().next(frame, block);
    }
    return frame;
  }

  private static void assertCanaries(PacketFixture f, int frame, int length, long seed) {
    byte[] all = f.slice(FrameSlab.offsetOf(frame), FrameSlab.FRAME_SIZE);
    for (int i = 0; i < all.length; i++) {
      boolean outside =
          i < FrameSlab.HEADROOM || i >= FrameSlab.HEADROOM + Math.min(length, LINEAR_MAX);
      if (outside && all[i] != CANARY) {
        throw new AssertionError("seed " + seed + ": byte " + i + " was written");
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    try (PacketFixture f = new PacketFixture()) {
      for (long seed = 1; seed <= 2000; seed++) {
        Random r = new Random(seed);
        FrameSpec s = RandomFrames.spec(r, r.nextBoolean());
        s.flags = r.nextInt(256);
        s.payload = new byte[3000 + r.nextInt(20_000)];
        SkBuff skb = SkbGsoTest.gso(f, s, 1000, r);
        byte[] header = new byte[VirtioNetHdr.LENGTH_V1];
        MemorySegment h = MemorySegment.ofArray(header);
        VnetHeaders.write(skb, h, 2);
        assertThat(VirtioNetHdr.hdrLen(h, 2)).as("seed %d", seed).isEqualTo(s.headerLength());
        long data = skb.position();
        long o = VnetHeaders.check(h, 2, skb.memory(), data, skb.headlen(), skb.len());
        assertThat(o).as("seed %d", seed).isEqualTo(skb.offload());
        skb.consume();
      }
    }
  }

  @Test
  void plainAndVerifiedPacketsAreWrittenSo() {
    try (PacketFixture f = new PacketFixture()) {
      SkBuff skb = f.linear(new byte[60]);
      MemorySegment h = MemorySegment.ofArray(new byte[10]).fill((byte) 0x77);
      VnetHeaders.write(skb, h, 0);
      assertThat(h.mismatch(MemorySegment.ofArray(new byte[10]))).as("all zero").isEqualTo(-1);
      skb.ipSummed(Offload.CSUM_UNNECESSARY);
      int frame = skb.detach();
      VnetHeaders.write(f.memory.slab(), frame, h, 0);
      assertThat(VirtioNetHdr.flags(h, 0)).isEqualTo(VirtioNetHdr.F_DATA_VALID);
      f.cpu.frames().putChain(frame);
    }
  }
}
