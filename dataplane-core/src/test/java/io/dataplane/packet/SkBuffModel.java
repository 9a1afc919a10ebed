package io.dataplane.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.Offload;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What a packet should be, as plain arrays: its bytes, and where its headers are counted from the
 * first byte of data.
 */
final class SkBuffModel {

  private static final int NOT_SET = Integer.MIN_VALUE;

  SkBuff skb;
  byte[] bytes;
  byte[] meta = {};
  int references = 1;
  int mac = NOT_SET;
  int network = NOT_SET;
  int transport = NOT_SET;
  int csumStart = NOT_SET;
  int mark;
  int vlan;

  SkBuffModel(SkBuff skb, byte[] bytes) {
    this.skb = skb;
    this.bytes = bytes;
  }

  SkBuffModel copyFor(SkBuff other) {
    SkBuffModel m = new SkBuffModel(other, bytes.clone());
    m.meta = meta.clone();
    m.mac = mac;
    m.network = network;
    m.transport = transport;
    m.csumStart = csumStart;
    m.mark = mark;
    m.vlan = vlan;
    return m;
  }

  void setHeaders(int mac, int network, int transport) {
    this.mac = mac;
    this.network = network;
    this.transport = transport;
    skb.macHeader(skb.data() + mac);
    skb.networkHeader(skb.data() + network);
    skb.transportHeader(skb.data() + transport);
  }

  void setPartial(int start) {
    csumStart = start;
    skb.ipSummed(Offload.CSUM_PARTIAL);
    skb.csumStart(skb.data() + start);
    skb.csumOffset(16);
  }

  /** Data moved to the front (positive) or back by n bytes; headers stay at their bytes. */
  void moved(int n) {
    mac = mac == NOT_SET ? NOT_SET : mac + n;
    network = network == NOT_SET ? NOT_SET : network + n;
    transport = transport == NOT_SET ? NOT_SET : transport + n;
    csumStart = csumStart == NOT_SET ? NOT_SET : csumStart + n;
  }

  /** What a journey through a frame's descriptor leaves of the headers. */
  void detached() {
    mac = 0;
    network = NOT_SET;
    transport = NOT_SET;
    mark = 0;
  }

  void push(byte[] front) {
    byte[] all = Arrays.copyOf(front, front.length + bytes.length);
    System.arraycopy(bytes, 0, all, front.length, bytes.length);
    bytes = all;
    moved(front.length);
  }

  void pull(int n) {
    bytes = Arrays.copyOfRange(bytes, n, bytes.length);
    moved(-n);
  }

  void append(byte[] back) {
    int n = bytes.length;
    bytes = Arrays.copyOf(bytes, n + back.length);
    System.arraycopy(back, 0, bytes, n, back.length);
  }

  void check(String what) {
    if (skb.len() != bytes.length || skb.headlen() + skb.dataLen() != skb.len()) {
      throw new AssertionError(what + ": " + bytes.length + " bytes expected, is " + skb);
    }
    byte[] got = new byte[bytes.length];
    assertThat(skb.copyBits(0, MemorySegment.ofArray(got), 0, got.length)).as(what).isTrue();
    if (!Arrays.equals(got, bytes)) {
      throw new AssertionError(
          what + ": byte " + Arrays.mismatch(got, bytes) + " differs in " + skb);
    }
    checkShape(what);
    checkOffset(what, skb.macHeader(), mac);
    checkOffset(what, skb.networkHeader(), network);
    checkOffset(what, skb.transportHeader(), transport);
    boolean partial = csumStart != NOT_SET;
    assertThat(skb.ipSummed() == Offload.CSUM_PARTIAL).as(what).isEqualTo(partial);
    if (partial) {
      assertThat(skb.csumStart() - skb.data()).as(what).isEqualTo(csumStart);
    }
    assertThat(skb.mark()).as(what).isEqualTo(mark);
    assertThat(skb.vlan()).as(what).isEqualTo(vlan);
    assertThat(skb.metaLength()).as(what).isEqualTo(meta.length);
    MemorySegment inFront = skb.memory().asSlice(skb.position() - meta.length, meta.length);
    assertThat(inFront.mismatch(MemorySegment.ofArray(meta))).as(what).isEqualTo(-1);
  }

  private void checkShape(String what) {
    int fragBytes = 0;
    for (int i = 0; i < skb.fragCount(); i++) {
      assertThat(skb.fragLength(i)).as(what).isPositive();
      fragBytes += skb.fragLength(i);
    }
    boolean ordered = 0 <= skb.data() && skb.data() <= skb.tail() && skb.tail() <= skb.end();
    assertThat(ordered).as(what).isTrue();
    assertThat(skb.dataLen()).as(what).isEqualTo(fragBytes);
    assertThat(skb.fragCount()).as(what).isLessThanOrEqualTo(SkBuff.MAX_FRAGS);
    assertThat(skb.head()).as(what).isEqualTo(FrameSlab.offsetOf(skb.headFrame()));
    assertThat(skb.position()).as(what).isEqualTo(skb.head() + skb.data());
  }

  private void checkOffset(String what, int actual, int expected) {
    if (expected == NOT_SET) {
      assertThat(actual).as(what).isEqualTo(SkBuff.UNSET);
    } else if (actual != SkBuff.UNSET || skb.data() + expected != SkBuff.UNSET) {
      assertThat(actual - skb.data()).as(what).isEqualTo(expected);
    }
  }
}
