package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.drivers.Await;
import io.dataplane.drivers.RawFrames;
import io.dataplane.drivers.nativeio.PacketSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames from one host's raw socket to the other's, byte for byte. */
@Timeout(60)
class TapRawFrameTest {

  private static final int BATCH_BYTES = 100_000;

  private static byte[] frame(int length) {
    return RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, length, length);
  }

  /** Sends frames, and requires just these, in order, at the other end. */
  private static void exchange(
      PacketSocket from, PacketSocket to, List<byte[]> frames, int etherType) {
    List<byte[]> sent = new ArrayList<>();
    int bytes = 0;
    for (byte[] frame : frames) {
      assertThat(from.send(frame)).isEqualTo(frame.length);
      sent.add(frame);
      bytes += frame.length;
      if (bytes > BATCH_BYTES || sent.size() == 64) {
        requireReceived(to, sent, etherType);
        sent.clear();
        bytes = 0;
      }
    }
    requireReceived(to, sent, etherType);
  }

  private static void requireReceived(PacketSocket to, List<byte[]> sent, int etherType) {
    List<byte[]> got = new ArrayList<>();
    Await.until(
        sent.size() + " frames arrive",
        () -> {
          got.addAll(to.receiveAll(etherType));
          return got.size() >= sent.size();
        });
    assertThat(got).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(got.get(i)).as("frame of %d bytes", sent.get(i).length).isEqualTo(sent.get(i));
    }
  }

  @Test
  void framesOfEveryLengthToTheMtuArriveUnchanged() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      List<byte[]> frames = new ArrayList<>();
      for (int length = 14; length <= 1514; length++) {
        frames.add(frame(length));
      }
      exchange(left, right, frames, RawFrames.TYPE_TEST);
      exchange(right, left, frames, RawFrames.TYPE_TEST);
    }
  }

  @Test
  void framesAroundEachBufferBoundaryArriveUnchanged() throws Exception {
    try (TwoHosts hosts = TwoHosts.with().both(c -> c.withMtu(65_521)).start();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      List<byte[]> frames = new ArrayList<>();
      for (int around : new int[] {1792, 1804, 2048, 4096, 9014, 32_768, 65_520}) {
        for (int length = around - 16; length <= Math.min(around + 16, 65_535); length++) {
          frames.add(frame(length));
        }
      }
      exchange(left, right, frames, RawFrames.TYPE_TEST);
    }
  }

  @Test
  void taggedFramesKeepTheirTags() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      for (int tpid : new int[] {0x8100, 0x88a8}) {
        List<byte[]> frames = new ArrayList<>();
        for (int length = 20; length <= 1518; length += 50) {
          frames.add(tag(frame(length), tpid, 0xe000 | (length & 0xfff)));
        }
        if (tpid == 0x8100) {
          frames.add(tag(frame(1518), tpid, 0)); // the sending host takes no other tag as extra
        }
        exchange(left, right, frames, tpid);
        exchange(right, left, frames, tpid);
      }
    }
  }

  @Test
  void aTagBehindATagIsKeptToo() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      byte[] inner = tag(frame(1000), 0x8100, 0x2007);
      System.arraycopy(inner, 12, inner, 16, 4);
      exchange(left, right, List.of(tag(inner, 0x88a8, 0x0123)), 0x88a8);
    }
  }

  private static byte[] tag(byte[] frame, int tpid, int tci) {
    byte[] tagged = frame.clone();
    ByteBuffer.wrap(tagged).putShort(12, (short) tpid).putShort(14, (short) tci);
    return tagged;
  }

  @Test
  void framesThatNoBridgeForwardsAreDroppedWithTheirReason() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      left.send(RawFrames.of(0x0180_c200_0000L, RawFrames.LEFT, 60, 1));
      left.send(RawFrames.of(RawFrames.RIGHT, 0x0300_0000_0001L, 60, 2));
      left.send(RawFrames.of(RawFrames.RIGHT, 0, 60, 3));
      exchange(left, right, List.of(frame(60)), RawFrames.TYPE_TEST);

      assertThat(hosts.left().drops(DropReason.BRIDGE_LINK_LOCAL)).isEqualTo(1);
      assertThat(hosts.left().drops(DropReason.MAC_INVALID_SOURCE)).isEqualTo(2);
    }
  }

  @Test
  void aFrameLongerThanTheMtuOfTheOtherEndIsDroppedWithItsReason() throws Exception {
    try (TwoHosts hosts =
            TwoHosts.with().left(c -> c.withMtu(9000)).right(c -> c.withMtu(1500)).start();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      left.send(frame(9014));
      left.send(frame(1519));
      exchange(left, right, List.of(frame(1514)), RawFrames.TYPE_TEST);

      assertThat(hosts.right().drops(DropReason.PKT_TOO_BIG)).isEqualTo(2);
    }
  }

  @Test
  void aHundredThousandSourcesStayWithinTheBoundOfTheTable() throws Exception {
    int bound = 1000;
    int sources = 100_000;
    try (TwoHosts hosts = TwoHosts.with().fdbEntriesMax(bound).start();
        PacketSocket left = hosts.left().packets();
        PacketSocket right = hosts.right().packets()) {
      byte[] frame = frame(60);
      ByteBuffer source = ByteBuffer.wrap(frame);
      for (int i = 0; i < sources; i++) {
        source.putInt(8, i);
        assertThat(left.send(frame)).isPositive();
        int sent = i + 1;
        if (sent % 100 == 0) {
          Await.until("the frames are taken", () -> hosts.left().received() >= sent);
        }
      }

      assertThat(hosts.bridge().fdbCount()).isBetween(1, bound);
      assertThat(hosts.bridge().learned()).isLessThanOrEqualTo(bound);
      assertThat(hosts.bridge().tableFull()).isGreaterThanOrEqualTo(sources - bound);
      Await.until("all are flooded", () -> hosts.right().sent() >= sources);
      right.receiveAll(RawFrames.TYPE_TEST);
      exchange(left, right, List.of(frame(61)), RawFrames.TYPE_TEST);
    }
  }
}
