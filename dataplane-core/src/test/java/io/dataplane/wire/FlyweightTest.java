package io.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Each field is read from, and written to, the octets that its standard draws it at. */
class FlyweightTest {

  @Test
  void ethernetAndTags() {
    MemorySegment m = hex("020000000001 0200000000aa 88a8 2064 8100 e00a 0800");
    assertThat(Ethernet.destination(m, 0)).isEqualTo(0x0200_0000_0001L);
    assertThat(Ethernet.source(m, 0)).isEqualTo(0x0200_0000_00aaL);
    assertThat(Ethernet.type(m, 0)).isEqualTo(VlanTag.TPID_8021AD);
    int outer = VlanTag.tag(m, VlanTag.FIRST_OFFSET);
    assertThat(VlanTag.tpid(outer)).isEqualTo(0x88a8);
    assertThat(VlanTag.vid(outer)).isEqualTo(100);
    assertThat(VlanTag.priority(outer)).isEqualTo(1);
    assertThat(VlanTag.tag(m, 16)).isEqualTo(VlanTag.of(0x8100, 7, 10));
    Ethernet.source(m, 0, 0xffee_ddcc_bbaaL);
    Ethernet.destination(m, 0, 0x0102_0304_0506L);
    Ethernet.type(m, 0, 0x0806);
    VlanTag.tag(m, 16, 0x8100_0fff);
    assertThat(bytes(m)).isEqualTo("010203040506ffeeddccbbaa080620648100" + "0fff0800");
  }

  @Test
  void ipv4() {
    MemorySegment m = hex("46b8 05dc 1234 4000 4006 abcd 0a000001 0a0000fe 01010101");
    assertThat(Ipv4.check(m, 0, 24)).isTrue();
    assertThat(Ipv4.check(m, 0, 23)).as("options cut off").isFalse();
    assertThat(Ipv4.headerLength(m, 0)).isEqualTo(24);
    assertThat(Ipv4.tos(m, 0)).isEqualTo(0xb8);
    assertThat(Ipv4.totalLength(m, 0)).isEqualTo(1500);
    assertThat(Ipv4.id(m, 0)).isEqualTo(0x1234);
    assertThat(Ipv4.fragment(m, 0)).isEqualTo(Ipv4.DONT_FRAGMENT);
    assertThat(Ipv4.isFragment(m, 0)).isFalse();
    assertThat(Ipv4.ttl(m, 0)).isEqualTo(64);
    assertThat(Ipv4.protocol(m, 0)).isEqualTo(Ipv4.PROTOCOL_TCP);
    assertThat(Ipv4.source(m, 0)).isEqualTo(0x0a000001);
    assertThat(Ipv4.destination(m, 0)).isEqualTo(0x0a0000fe);
    NetworkOrder.put16(m, Ipv4.FRAGMENT_OFFSET, Ipv4.MORE_FRAGMENTS);
    assertThat(Ipv4.isFragment(m, 0)).as("first fragment").isTrue();
    NetworkOrder.put16(m, Ipv4.FRAGMENT_OFFSET, 185);
    assertThat(Ipv4.isFragment(m, 0)).as("last fragment").isTrue();
    NetworkOrder.put8(m, 0, 0x44);
    assertThat(Ipv4.check(m, 0, 24)).as("IHL 4").isFalse();
    NetworkOrder.put8(m, 0, 0x65);
    assertThat(Ipv4.check(m, 0, 24)).as("version 6").isFalse();
  }

  @Test
  void ipv6WalksExtensionHeaders() {
    MemorySegment m =
        hex(
            "6b812345 0028 00 40"
                + "20010db8000000000000000000000001 20010db8000000000000000000000002"
                + "3c00 000000000000" // hop by hop, 8 bytes, then destination options
                + "0601 000000000000 0000000000000000"); // 16 bytes, then TCP
    assertThat(Ipv6.check(m, 0, 64)).isTrue();
    assertThat(Ipv6.firstWord(m, 0) & Ipv6.TRAFFIC_CLASS_MASK).isEqualTo(0x0b80_0000);
    assertThat(Ipv6.payloadLength(m, 0)).isEqualTo(40);
    assertThat(Ipv6.hopLimit(m, 0)).isEqualTo(64);
    long walk = Ipv6.walk(m, 0, 64);
    assertThat(Ipv6.walkProtocol(walk)).isEqualTo(Ipv4.PROTOCOL_TCP);
    assertThat(Ipv6.walkOffset(walk)).isEqualTo(64);
    assertThat(Ipv6.walkIsFragment(walk)).isFalse();
    for (int available = 40; available < 64; available++) {
      assertThat(Ipv6.walk(m, 0, available)).as("%d bytes", available).isEqualTo(Ipv6.BAD);
    }
    NetworkOrder.put8(m, 40, Ipv6.NEXT_FRAGMENT);
    NetworkOrder.put8(m, 48, Ipv4.PROTOCOL_UDP);
    walk = Ipv6.walk(m, 0, 64);
    assertThat(Ipv6.walkIsFragment(walk)).isTrue();
    assertThat(Ipv6.walkProtocol(walk)).isEqualTo(Ipv4.PROTOCOL_UDP);
    assertThat(Ipv6.walkOffset(walk)).as("a fragment header has 8 bytes").isEqualTo(56);
  }

  @Test
  void ipv6ExtensionHeadersAreBounded() {
    byte[] bytes = new byte[40 + 8 * 20]; // all of them hop-by-hop headers
    bytes[0] = 0x60;
    MemorySegment m = MemorySegment.ofArray(bytes);
    assertThat(Ipv6.walk(m, 0, bytes.length)).isEqualTo(Ipv6.BAD);
    bytes[40 + 8 * (Ipv6.EXTENSION_HEADERS_MAX - 1)] = 6;
    assertThat(Ipv6.walkOffset(Ipv6.walk(m, 0, bytes.length)))
        .isEqualTo(40 + 8 * Ipv6.EXTENSION_HEADERS_MAX);
  }

  @Test
  void tcpAndUdp() {
    MemorySegment m =
        hex("01bbc350 11223344 55667788 8112 7fff abcd 0009 0101080a0000000100000002");
    assertThat(Tcp.check(m, 0, 32)).isTrue();
    assertThat(Tcp.check(m, 0, 31)).isFalse();
    assertThat(Tcp.headerLength(m, 0)).isEqualTo(32);
    assertThat(Tcp.ports(m, 0)).isEqualTo(443 << 16 | 50_000);
    assertThat(Tcp.sequence(m, 0)).isEqualTo(0x11223344);
    assertThat(Tcp.acknowledgment(m, 0)).isEqualTo(0x55667788);
    assertThat(Tcp.flags(m, 0)).isEqualTo(Tcp.SYN | Tcp.ACK);
    assertThat(Tcp.flagWord(m, 0)).isEqualTo(0x81127fff);
    assertThat(Tcp.urgent(m, 0)).isEqualTo(9);
    NetworkOrder.put8(m, 12, 0x40);
    assertThat(Tcp.check(m, 0, 32)).as("data offset 4").isFalse();

    MemorySegment u = hex("0035 1000 000c beef 00000000");
    assertThat(Udp.ports(u, 0)).isEqualTo(53 << 16 | 4096);
    assertThat(Udp.length(u, 0)).isEqualTo(12);
    assertThat(Udp.checksum(u, 0)).isEqualTo(0xbeef);
  }

  @Test
  void virtioNetHdrIsLittleEndian() {
    MemorySegment m = hex("01 84 4200 a005 2200 1000 0000");
    assertThat(VirtioNetHdr.flags(m, 0)).isEqualTo(VirtioNetHdr.F_NEEDS_CSUM);
    assertThat(VirtioNetHdr.gsoType(m, 0)).isEqualTo(VirtioNetHdr.GSO_TCPV6 | VirtioNetHdr.GSO_ECN);
    assertThat(VirtioNetHdr.hdrLen(m, 0)).isEqualTo(66);
    assertThat(VirtioNetHdr.gsoSize(m, 0)).isEqualTo(1440);
    assertThat(VirtioNetHdr.csumStart(m, 0)).isEqualTo(34);
    assertThat(VirtioNetHdr.csumOffset(m, 0)).isEqualTo(16);
    assertThat(VirtioNetHdr.isPlain(m, 0)).isFalse();
    MemorySegment copy = MemorySegment.ofArray(new byte[12]);
    VirtioNetHdr.write(copy, 0, 1, 0x84, 66, 1440, 34, 16);
    VirtioNetHdr.numBuffers(copy, 0, 1);
    assertThat(bytes(copy)).isEqualTo("01844200a005220010000100");
    VirtioNetHdr.writePlain(copy, 0);
    assertThat(VirtioNetHdr.isPlain(copy, 0)).isTrue();
    assertThat(bytes(copy)).isEqualTo("000000000000000000000100");
  }

  private static MemorySegment hex(String text) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(text.replace(" ", "")));
  }

  private static String bytes(MemorySegment m) {
    return HexFormat.of().formatHex(m.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
  }
}
