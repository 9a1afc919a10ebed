package io.dataplane.daemon.demo;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.dataplane.memory.FrameSlab;
import io.dataplane.packet.Cpu;
import io.dataplane.wire.Ethernet;
import io.dataplane.wire.InternetChecksum;
import io.dataplane.wire.Ipv4;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/**
 * Writes the few frames that hosts in memory exchange: ARP (RFC 826), ICMP echo (RFC 792), UDP (RFC
 * 768).
 */
final class MemoryFrames {

  static final int ARP_REQUEST = 1;
  static final int ARP_REPLY = 2;
  static final int ECHO_REPLY = 0;
  static final int ECHO_REQUEST = 8;
  static final int ICMP = Ethernet.HEADER_LENGTH + Ipv4.HEADER_LENGTH_MIN;
  static final int ECHO_TIME = ICMP + 8;

  private static final int ARP_LENGTH = 28;
  private static final int ECHO_DATA_LENGTH = 56;
  private static final int UDP_HEADER_LENGTH = 8;
  private static final int TTL = 64;

  private static final OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Whom a frame is from and to. */
  record Ends(long sourceMac, int source, long destinationMac, int destination) {}

  private MemoryFrames() {}

  static int readInt(MemorySegment memory, long position) {
    return memory.get(INT, position);
  }

  static int readShort(MemorySegment memory, long position) {
    return memory.get(SHORT, position) & 0xffff;
  }

  static int readByte(MemorySegment memory, long position) {
    return memory.get(JAVA_BYTE, position) & 0xff;
  }

  static long readLong(MemorySegment memory, long position) {
    return memory.get(LONG, position);
  }

  /** An ARP packet; in a request the address asked for has no MAC address yet. */
  static int arp(Cpu cpu, int operation, Ends ends, long targetMac) {
    int frame = frame(cpu, Ethernet.HEADER_LENGTH + ARP_LENGTH);
    if (frame == FrameSlab.NONE) {
      return frame;
    }
    MemorySegment memory = cpu.memory().slab().data();
    long at = start(frame);
    ethernet(memory, at, ends, Ethernet.TYPE_ARP);
    long arp = at + Ethernet.HEADER_LENGTH;
    memory.set(LONG, arp, 0x0001_0800_0604_0000L | operation); // Ethernet, IPv4, 6 and 4 bytes
    mac(memory, arp + 8, ends.sourceMac());
    memory.set(INT, arp + 14, ends.source());
    mac(memory, arp + 18, targetMac);
    memory.set(INT, arp + 24, ends.destination());
    return frame;
  }

  /** An ICMP echo that carries the time of its request. */
  static int echo(Cpu cpu, int type, Ends ends, int sequence, long timeNs) {
    int frame = ip(cpu, ends, Ipv4.PROTOCOL_ICMP, UDP_HEADER_LENGTH + ECHO_DATA_LENGTH);
    if (frame == FrameSlab.NONE) {
      return frame;
    }
    MemorySegment memory = cpu.memory().slab().data();
    long icmp = start(frame) + ICMP;
    memory.set(INT, icmp, type << 24);
    memory.set(INT, icmp + 4, sequence & 0xffff);
    memory.set(LONG, icmp + 8, timeNs);
    memory.asSlice(icmp + 16, ECHO_DATA_LENGTH - Long.BYTES).fill((byte) 0);
    long sum = InternetChecksum.sum(memory, icmp, UDP_HEADER_LENGTH + ECHO_DATA_LENGTH);
    memory.set(SHORT, icmp + 2, (short) InternetChecksum.finish(sum));
    return frame;
  }

  /**
   * A UDP datagram to the discard port; what it carries does not matter, nor does its checksum (0 =
   * none).
   */
  static int datagram(Cpu cpu, Ends ends, int ipLength) {
    int length = ipLength - Ipv4.HEADER_LENGTH_MIN;
    int frame = ip(cpu, ends, Ipv4.PROTOCOL_UDP, length);
    if (frame != FrameSlab.NONE) {
      MemorySegment memory = cpu.memory().slab().data();
      memory.set(LONG, start(frame) + ICMP, 0x0009_0009_0000_0000L | (long) length << 16);
    }
    return frame;
  }

  private static int ip(Cpu cpu, Ends ends, int protocol, int payload) {
    int frame = frame(cpu, ICMP + payload);
    if (frame == FrameSlab.NONE) {
      return frame;
    }
    MemorySegment memory = cpu.memory().slab().data();
    long at = start(frame);
    ethernet(memory, at, ends, Ethernet.TYPE_IPV4);
    long ip = at + Ethernet.HEADER_LENGTH;
    memory.set(INT, ip, 0x4500_0000 | (Ipv4.HEADER_LENGTH_MIN + payload));
    memory.set(INT, ip + Ipv4.ID_OFFSET, Ipv4.DONT_FRAGMENT);
    memory.set(INT, ip + Ipv4.TTL_OFFSET, TTL << 24 | protocol << 16);
    memory.set(INT, ip + Ipv4.SOURCE_OFFSET, ends.source());
    memory.set(INT, ip + Ipv4.DESTINATION_OFFSET, ends.destination());
    Ipv4.updateChecksum(memory, ip);
    return frame;
  }

  private static int frame(Cpu cpu, int length) {
    int frame = cpu.frames().alloc();
    if (frame != FrameSlab.NONE) {
      cpu.memory().slab().table().reset(frame, FrameSlab.HEADROOM, length);
    }
    return frame;
  }

  private static long start(int frame) {
    return FrameSlab.offsetOf(frame) + FrameSlab.HEADROOM;
  }

  private static void ethernet(MemorySegment memory, long at, Ends ends, int type) {
    Ethernet.destination(memory, at, ends.destinationMac());
    Ethernet.source(memory, at, ends.sourceMac());
    Ethernet.type(memory, at, type);
  }

  private static void mac(MemorySegment memory, long at, long mac) {
    memory.set(SHORT, at, (short) (mac >>> 32));
    memory.set(INT, at + 2, (int) mac);
  }
}
