package io.dataplane.packet.offload;

import io.dataplane.wire.NaiveChecksum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TCP or UDP frame as its fields, written out byte by byte from the RFCs: what the tests compare
 * the stack with. Shares no code with it.
 */
final class FrameSpec implements Cloneable {

  static final int FIN = 1;
  static final int SYN = 2;
  static final int PSH = 8;
  static final int ACK = 16;
  static final int URG = 32;
  static final int ECE = 64;
  static final int CWR = 128;

  /** How the transport checksum is left. */
  enum Csum {
    COMPLETE,
    PSEUDO,
    WRONG
  }

  long dst = 0x0200_0000_0002L;
  long src = 0x0200_0000_0001L;
  int[] tags = {};
  boolean v6;
  boolean udp;
  byte[] ipOptions = {}; // IPv4 options, or IPv6 extension headers of 8 bytes each
  int tos;
  int ttl = 64;
  int id = 1;
  int fragment = 0x4000;
  int flowLabel;
  int srcHost = 1;
  int dstHost = 2;
  int srcPort = 40_000;
  int dstPort = 5201;
  int seq = 1000;
  int ack = 2000;
  int flags = ACK;
  int window = 501;
  int urgent;
  byte[] options = {};
  byte[] payload = {};
  boolean fixedId;
  boolean wrongIpChecksum;
  Csum csum = Csum.COMPLETE;

  @Override
  public FrameSpec clone() {
    try {
      return (FrameSpec) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  int network() {
    return 14 + 4 * tags.length;
  }

  int transport() {
    return network() + (v6 ? 40 : 20) + ipOptions.length;
  }

  int headerLength() {
    return transport() + (udp ? 8 : 20 + options.length);
  }

  int checksumAt() {
    return transport() + (udp ? 6 : 16);
  }

  byte[] bytes() {
    byte[] b = new byte[headerLength() + payload.length];
    put(b, 0, dst, 6);
    put(b, 6, src, 6);
    for (int i = 0; i < tags.length; i++) {
      put(b, 12 + 4 * i, tags[i] & 0xffff_ffffL, 4);
    }
    put(b, network() - 2, v6 ? 0x86dd : 0x0800, 2);
    System.arraycopy(payload, 0, b, headerLength(), payload.length);
    if (v6) {
      ipv6(b);
    } else {
      ipv4(b);
    }
    transport(b);
    return b;
  }

  private void ipv4(byte[] b) {
    int n = network();
    put(b, n, 0x40 | (20 + ipOptions.length) / 4, 1);
    put(b, n + 1, tos, 1);
    put(b, n + 2, b.length - n, 2);
    put(b, n + 4, id, 2);
    put(b, n + 6, fragment, 2);
    put(b, n + 8, ttl, 1);
    put(b, n + 9, udp ? 17 : 6, 1);
    put(b, n + 12, 0x0a00_0000 | srcHost, 4);
    put(b, n + 16, 0x0a00_0000 | dstHost, 4);
    System.arraycopy(ipOptions, 0, b, n + 20, ipOptions.length);
    int sum = NaiveChecksum.complement(NaiveChecksum.sum(b, n, transport()));
    put(b, n + 10, wrongIpChecksum ? sum ^ 0x55 : sum, 2);
  }

  private void ipv6(byte[] b) {
    int n = network();
    put(b, n, 0x6000_0000L | (long) tos << 20 | flowLabel, 4);
    put(b, n + 4, b.length - n - 40, 2);
    int protocol = udp ? 17 : 6;
    put(b, n + 6, ipOptions.length == 0 ? protocol : 60, 1);
    put(b, n + 7, ttl, 1);
    put(b, n + 8, 0x2001_0db8, 4);
    put(b, n + 20, srcHost, 4);
    put(b, n + 24, 0x2001_0db8, 4);
    put(b, n + 36, dstHost, 4);
    for (int i = 0; i < ipOptions.length; i += 8) {
      System.arraycopy(ipOptions, i, b, n + 40 + i, 8);
      put(b, n + 40 + i, i + 8 < ipOptions.length ? 60 : protocol, 1);
      put(b, n + 41 + i, 0, 1);
    }
  }

  private void transport(byte[] b) {
    int t = transport();
    put(b, t, srcPort, 2);
    put(b, t + 2, dstPort, 2);
    if (udp) {
      put(b, t + 4, 8 + payload.length, 2);
    } else {
      put(b, t + 4, seq & 0xffff_ffffL, 4);
      put(b, t + 8, ack & 0xffff_ffffL, 4);
      put(b, t + 12, ((20 + options.length) / 4) << 4, 1);
      put(b, t + 13, flags, 1);
      put(b, t + 14, window, 2);
      put(b, t + 18, urgent, 2);
      System.arraycopy(options, 0, b, t + 20, options.length);
    }
    int pseudo = pseudoSum(b);
    int whole = NaiveChecksum.add(pseudo, NaiveChecksum.sum(b, t, b.length));
    int complete = NaiveChecksum.complement(whole);
    if (udp && complete == 0) {
      complete = 0xffff;
    }
    switch (csum) {
      case COMPLETE -> put(b, checksumAt(), complete, 2);
      case PSEUDO -> put(b, checksumAt(), pseudo, 2);
      case WRONG -> put(b, checksumAt(), complete ^ 0x1234, 2);
    }
  }

  private int pseudoSum(byte[] b) {
    int n = network();
    int addresses = v6 ? NaiveChecksum.sum(b, n + 8, n + 40) : NaiveChecksum.sum(b, n + 12, n + 20);
    int length = b.length - transport();
    return NaiveChecksum.add(NaiveChecksum.add(addresses, udp ? 17 : 6), length);
  }

  /** The frames that this one stands for where a segment's payload is {@code size} bytes. */
  List<byte[]> segments(int size) {
    List<byte[]> segments = new ArrayList<>();
    for (int from = 0; from < payload.length; from += size) {
      FrameSpec s = clone();
      int to = Math.min(from + size, payload.length);
      s.payload = Arrays.copyOfRange(payload, from, to);
      s.seq = seq + from;
      s.id = fixedId ? id : id + from / size & 0xffff;
      s.flags = to == payload.length ? s.flags : s.flags & ~(FIN | PSH);
      s.flags = from == 0 ? s.flags : s.flags & ~CWR;
      s.csum = Csum.COMPLETE;
      segments.add(s.bytes());
    }
    return segments;
  }

  private static void put(byte[] b, int at, long value, int n) {
    for (int i = 0; i < n; i++) {
      b[at + i] = (byte) (value >>> (8 * (n - 1 - i)));
    }
  }
}
