package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.drivers.Needs;
import io.dataplane.drivers.RawFrames;
import io.dataplane.memory.FramePool;
import io.dataplane.memory.FrameSlab;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host side that sends what no kernel would. */
@Timeout(120)
class TapHostileTest {

  private static final int HDR = TapRxSlots.VNET_HDR;
  private static final int FRAME_MAX = 65_549;

  @BeforeEach
  void needsTap() {
    Needs.tap();
  }

  private static byte[] packet(int frameLength) {
    byte[] frame = frameLength < 14 ? new byte[frameLength] : testFrame(frameLength);
    byte[] packet = new byte[HDR + frameLength];
    System.arraycopy(frame, 0, packet, HDR, frameLength);
    return packet;
  }

  private static byte[] testFrame(int length) {
    return RawFrames.of(RawFrames.RIGHT, RawFrames.LEFT, length, length);
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void framesOfEveryLengthCrossOrAreDroppedWithTheirReason(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 1024, 256)) {
      int crossed = 0;
      for (int length = 1; length <= FRAME_MAX; length++) {
        byte[] sent = packet(length);
        assertThat(wire.send(sent)).isTrue();
        wire.settle();
        byte[] got = wire.receive();
        if (got != null) {
          assertThat(Arrays.mismatch(got, sent))
              .as("%d bytes, got %d", length, got.length)
              .isEqualTo(-1);
          crossed++;
        }
      }

      assertThat(wire.drops(DropReason.PKT_TOO_SMALL)).isEqualTo(13);
      assertThat(wire.drops(DropReason.PKT_TOO_BIG)).isEqualTo(10); // beyond the MTU and a tag
      assertThat(wire.drops()).isEqualTo(23);
      assertThat(crossed).isEqualTo(FRAME_MAX - 23);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void whatIsShorterThanAHeaderOrLongerThanItsBuffersIsDropped(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 1024, 256)) {
      for (int length = 0; length < HDR; length++) {
        assertThat(wire.send(new byte[length])).isTrue();
      }
      wire.settle();
      assertThat(wire.drops(DropReason.PKT_TOO_SMALL)).isEqualTo(HDR);

      for (int length : new int[] {67_327, 67_328, 67_329, 100_000, 150_000}) {
        assertThat(wire.send(packet(length))).isTrue();
        wire.settle();
        assertThat(wire.receive()).isNull();
      }
      assertThat(wire.drops(DropReason.PKT_TOO_BIG)).isEqualTo(5);
      assertThat(wire.left().rxQueues().get(0).stats().errors().get()).isEqualTo(HDR + 4);
      requireCrossing(wire);
    }
  }

  private static void requireCrossing(HostileWire wire) {
    byte[] good = packet(100);
    assertThat(wire.send(good)).isTrue();
    wire.settle();
    byte[] got = wire.receive();
    while (got != null && !Arrays.equals(got, good)) {
      got = wire.receive();
    }
    assertThat(got).isEqualTo(good);
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void aHostThatSendsOnlyBadFramesDoesNotKeepTheWorker(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 1024, 256)) {
      int sent = 0;
      while (wire.send(new byte[HDR])) {
        sent++;
      }
      assertThat(sent).isGreaterThan(64);
      int[] frames = new int[16];
      int polls = 0;
      while (wire.drops() < sent) {
        long before = wire.drops();
        assertThat(wire.left().rxQueues().get(0).receive(frames, 16)).isZero();
        assertThat(wire.drops() - before).isBetween(1L, 16L);
        polls++;
      }
      assertThat(polls).isGreaterThanOrEqualTo(sent / 16);
    }
  }

  /** Lies about each field, over real TCP and UDP headers and over noise. */
  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void headersThatLieAreDroppedOrHarmless(TapIo io) throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (HostileWire wire = new HostileWire(io, 2048, 256)) {
      long sent = 0;
      for (int round = 0; round < 400; round++) {
        List<byte[]> burst = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          burst.add(HostilePackets.next(random));
        }
        for (byte[] packet : burst) {
          if (wire.send(packet)) {
            sent++;
          }
        }
        wire.settle();
        for (byte[] got = wire.receive(); got != null; got = wire.receive()) {
          requirePlausible(got);
        }
      }

      long received = wire.left().rxQueues().get(0).stats().packets().get();
      long refused = wire.left().rxQueues().get(0).stats().errors().get();
      assertThat(received + refused).as("seed %d", seed).isEqualTo(sent);
      assertThat(wire.drops(DropReason.DEV_HDR)).isGreaterThan(sent / 20);
      assertThat(wire.drops(DropReason.SKB_PANIC)).as("seed %d", seed).isZero();
      requireCrossing(wire);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** What we tell the next host is true of the frame. */
  private static void requirePlausible(byte[] packet) {
    ByteBuffer header = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    int length = packet.length - HDR;
    if ((header.get(0) & 1) != 0) {
      int start = header.getShort(6) & 0xffff;
      int offset = header.getShort(8) & 0xffff;
      assertThat(start + offset + 2).isLessThanOrEqualTo(length);
    }
    if (header.get(1) != 0) {
      assertThat(header.getShort(4) & 0xffff).isBetween(1, length);
      assertThat(header.getShort(2) & 0xffff).isLessThanOrEqualTo(length);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void anEmptyPoolDropsAndCountsAndRecovers(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 64, 4)) {
      requireCrossing(wire);
      FramePool pool = wire.dataplane().workers().get(0).cpu().frames();
      List<Integer> held = new ArrayList<>();
      for (int f = pool.alloc(); f != FrameSlab.NONE; f = pool.alloc()) {
        held.add(f);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(wire.send(packet(100))).isTrue();
      }
      wire.settle();
      assertThat(wire.drops(DropReason.NOMEM)).isEqualTo(50);
      assertThat(wire.left().rxQueues().get(0).stats().drops().get()).isEqualTo(50);
      assertThat(wire.receive()).isNull();

      held.forEach(pool::put);
      requireCrossing(wire);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void withoutBlocksLargeFramesAreDroppedUntilThereAreBlocksAgain(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 256, 4)) {
      FramePool pool = wire.dataplane().workers().get(0).cpu().frames();
      List<Integer> held = new ArrayList<>();
      for (int b = pool.allocBlock(); b != FrameSlab.NONE; b = pool.allocBlock()) {
        held.add(b);
      }
      assertThat(wire.send(packet(9000))).isTrue();
      wire.settle();
      assertThat(wire.drops(DropReason.NOMEM)).isEqualTo(1);
      requireCrossing(wire);

      held.forEach(pool::put);
      assertThat(wire.send(packet(9000))).isTrue(); // the next one finds a block
      wire.settle();
      assertThat(wire.send(packet(9001))).isTrue();
      wire.settle();
      byte[] got = wire.receive();
      assertThat(got).isNotNull();
      requireCrossing(wire);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSCALL", "URING"})
  void aHostThatTakesNothingCostsFramesAndNoMore(TapIo io) throws Exception {
    try (HostileWire wire = new HostileWire(io, 512, 128)) {
      for (int i = 0; i < 2000; i++) {
        assertThat(wire.send(packet(1000))).isTrue();
        wire.settle();
      }
      assertThat(wire.drops(DropReason.FULL_RING)).isGreaterThan(1000);
      while (wire.receive() != null) {
        // until the wire is empty
      }
      requireCrossing(wire);
    }
  }
}
