package io.dataplane.napi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.DropReason;
import io.dataplane.device.WorkerContext;
import io.dataplane.device.XdpStats;
import io.dataplane.hook.XdpHook;
import io.dataplane.hook.XdpVerdict;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.packet.SkBuff;
import io.dataplane.testing.StubDevice;
import io.dataplane.testing.TestFrames;
import io.dataplane.wire.Ethernet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a frame by each verdict of its program ({@code netif_receive_generic_xdp}). */
class XdpVerdictTest {

  private static final long HOST = 0x0200_0000_00ffL;
  private static final long PEER = 0x0200_0000_0001L;

  private final NapiBed bed = new NapiBed(1);
  private final StubDevice other = new StubDevice("other0", 1);
  private final List<byte[]> passed = new ArrayList<>();
  private final List<Integer> metaLengths = new ArrayList<>();
  private int sent;

  @BeforeEach
  void collectWhatPasses() throws Exception {
    other.bind(2, List.of(new WorkerContext(bed.cpu, bed.flushList)), 0, NapiBed.DEAF);
    other.open();
    bed.dev.setRxHandler(null);
    bed.dev.setRxHandler(this::collect);
    bed.rx(0).describe(f -> write(f, TestFrames.bytes(HOST, PEER, 60, sent++)));
  }

  @AfterEach
  void everyFrameIsBack() {
    bed.close();
  }

  private boolean collect(SkBuff skb) {
    skb.push(Ethernet.HEADER_LENGTH);
    passed.add(TestFrames.read(skb));
    metaLengths.add(skb.metaLength());
    skb.consume();
    return true;
  }

  private void write(int frame, byte[] bytes) {
    FrameTable table = bed.memory.slab().table();
    long at = FrameSlab.offsetOf(frame) + table.offset(frame);
    MemorySegment.copy(bytes, 0, bed.memory.slab().data(), ValueLayout.JAVA_BYTE, at, bytes.length);
  }

  private void run(XdpHook hook, int frames) {
    bed.dev.setHook(hook);
    bed.rx(0).arriveAndAnnounce(frames);
    bed.round();
    bed.round();
  }

  private long verdicts(int verdict) {
    XdpStats stats = bed.rx(0).xdpStats();
    return stats.verdict(verdict).get();
  }

  private long drops(DropReason reason) {
    return bed.cpu.drops().get(bed.dev.ifindex(), reason);
  }

  @Test
  void withoutAProgramEveryFramePassesAndNoVerdictIsCounted() {
    run(XdpHook.PASS, 3);
    assertThat(passed).hasSize(3);
    assertThat(passed.get(2)).isEqualTo(TestFrames.bytes(HOST, PEER, 60, 2));
    assertThat(verdicts(XdpVerdict.PASS)).isZero();
  }

  @Test
  void passHandsTheFrameOnUnchanged() {
    run(xdp -> XdpVerdict.PASS, 3);
    assertThat(passed.get(1)).isEqualTo(TestFrames.bytes(HOST, PEER, 60, 1));
    assertThat(verdicts(XdpVerdict.PASS)).isEqualTo(3);
  }

  @Test
  void dropIsCountedAsTheProgramsDrop() {
    run(xdp -> XdpVerdict.DROP, 5);
    assertThat(passed).isEmpty();
    assertThat(verdicts(XdpVerdict.DROP)).isEqualTo(5);
    assertThat(drops(DropReason.XDP)).isEqualTo(5);
  }

  @Test
  void abortedIsCountedAsTheProgramsFailure() {
    run(xdp -> XdpVerdict.ABORTED, 5);
    assertThat(verdicts(XdpVerdict.ABORTED)).isEqualTo(5);
    assertThat(drops(DropReason.XDP_ABORTED)).isEqualTo(5);
  }

  @Test
  void whatIsNoVerdictIsAborted() {
    int[] bad = {-1, XdpVerdict.COUNT, 100, Integer.MAX_VALUE, Integer.MIN_VALUE};
    int[] next = {0};
    run(xdp -> bad[next[0]++], bad.length);
    assertThat(passed).isEmpty();
    assertThat(verdicts(XdpVerdict.ABORTED)).isEqualTo(bad.length);
    assertThat(drops(DropReason.XDP_ABORTED)).isEqualTo(bad.length);
  }

  @Test
  void aProgramThatThrowsAbortsItsFrameAndNoOther() {
    int[] calls = {0};
    XdpHook throwing =
        xdp -> {
          if (++calls[0] == 2) {
            throw new IllegalStateException("a defect of ours");
          }
          return XdpVerdict.PASS;
        };
    assertThatThrownBy(() -> run(throwing, 5)).hasMessage("a defect of ours");
    bed.round();
    assertThat(passed).hasSize(4);
    assertThat(verdicts(XdpVerdict.ABORTED)).isEqualTo(1);
    assertThat(drops(DropReason.XDP_ABORTED)).isEqualTo(1);
  }

  @Test
  void txSendsTheChangedFrameBackOutOfTheSameDevice() {
    run(
        xdp -> {
          long d = Ethernet.destination(xdp.memory(), xdp.data());
          Ethernet.destination(xdp.memory(), xdp.data(), Ethernet.source(xdp.memory(), xdp.data()));
          Ethernet.source(xdp.memory(), xdp.data(), d);
          return XdpVerdict.TX;
        },
        2);
    assertThat(passed).isEmpty();
    List<byte[]> out = bed.dev.txQueue(0).sent();
    assertThat(out).hasSize(2);
    byte[] expected = TestFrames.bytes(HOST, PEER, 60, 1);
    MemorySegment m = MemorySegment.ofArray(expected);
    Ethernet.destination(m, 0, PEER);
    Ethernet.source(m, 0, HOST);
    assertThat(out.get(1)).isEqualTo(expected);
    assertThat(verdicts(XdpVerdict.TX)).isEqualTo(2);
    assertThat(bed.dev.txQueue(0).flushes()).isEqualTo(1);
  }

  @Test
  void txIntoAFullRingDropsWithItsReason() {
    bed.dev.txQueue(0).room(1);
    run(xdp -> XdpVerdict.TX, 3);
    assertThat(bed.dev.txQueue(0).sent()).hasSize(1);
    assertThat(bed.dev.txQueue(0).stats().drops().get()).isEqualTo(2);
    assertThat(drops(DropReason.XDP_REDIRECT)).isEqualTo(2);
  }

  @Test
  void redirectSendsByTheOtherDevice() {
    run(
        xdp -> {
          xdp.redirect(other);
          return XdpVerdict.REDIRECT;
        },
        64);
    assertThat(other.txQueue(0).sent()).hasSize(64);
    assertThat(other.txQueue(0).sent().get(63)).isEqualTo(TestFrames.bytes(HOST, PEER, 60, 63));
    assertThat(other.txQueue(0).flushes()).as("once a poll").isEqualTo(1);
    assertThat(verdicts(XdpVerdict.REDIRECT)).isEqualTo(64);
  }

  @Test
  void redirectIntoAFullRingDropsWithItsReasonAndCountsAtTheRing() {
    other.txQueue(0).room(1);
    run(
        xdp -> {
          xdp.redirect(other);
          return XdpVerdict.REDIRECT;
        },
        3);
    assertThat(other.txQueue(0).sent()).hasSize(1);
    assertThat(other.txQueue(0).stats().drops().get()).isEqualTo(2);
    assertThat(drops(DropReason.XDP_REDIRECT)).isEqualTo(2);
  }

  @Test
  void redirectToNothingOrToADeviceThatIsDownDropsWithItsReason() {
    run(xdp -> XdpVerdict.REDIRECT, 3);
    assertThat(drops(DropReason.XDP_REDIRECT)).isEqualTo(3);
    other.stop();
    run(
        xdp -> {
          xdp.redirect(other);
          return XdpVerdict.REDIRECT;
        },
        2);
    assertThat(drops(DropReason.XDP_REDIRECT)).isEqualTo(5);
    assertThat(verdicts(XdpVerdict.REDIRECT)).isEqualTo(5);
  }

  @Test
  void aFrameWhoseHeadTailAndMetadataMovedPassesAsItIsNow() {
    run(
        xdp -> {
          long start = xdp.data() - 4; // a tag goes in between addresses and type
          MemorySegment m = xdp.memory();
          MemorySegment.copy(m, xdp.data(), m, start, 12);
          xdp.data(start);
          Ethernet.type(m, start, Ethernet.TYPE_IPV4);
          xdp.dataEnd(xdp.dataEnd() - 10);
          xdp.dataMeta(start - 16);
          return XdpVerdict.PASS;
        },
        1);
    assertThat(passed.get(0)).hasSize(60 + 4 - 10);
    byte[] sentBytes = TestFrames.bytes(HOST, PEER, 60, 0);
    assertThat(passed.get(0)).startsWith(java.util.Arrays.copyOf(sentBytes, 12));
    assertThat(passed.get(0)[12]).isEqualTo((byte) 0x08);
    assertThat(metaLengths).containsExactly(16);
  }

  @Test
  void aFrameGrownAtItsTailPassesWithTheNewBytes() {
    run(
        xdp -> {
          xdp.dataEnd(xdp.dataEnd() + 40);
          xdp.memory().set(ValueLayout.JAVA_BYTE, xdp.dataEnd() - 1, (byte) 0x77);
          return XdpVerdict.PASS;
        },
        1);
    assertThat(passed.get(0)).hasSize(100);
    assertThat(passed.get(0)[99]).isEqualTo((byte) 0x77);
  }

  @Test
  void aFrameCutShorterThanItsHeaderIsNamed() {
    run(
        xdp -> {
          xdp.dataEnd(xdp.data() + 13);
          return XdpVerdict.PASS;
        },
        1);
    assertThat(drops(DropReason.PKT_TOO_SMALL)).isEqualTo(1);
  }

  @Test
  void programsExchangedBetweenPollsLoseNoFrame() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    int frames = 0;
    for (int i = 0; i < 2000; i++) {
      int verdict = random.nextInt(XdpVerdict.COUNT);
      XdpHook hook =
          xdp -> {
            xdp.redirect(other);
            return verdict;
          };
      bed.dev.setHook(random.nextInt(4) == 0 ? XdpHook.PASS : hook);
      int n = random.nextInt(1, 150);
      bed.rx(0).arriveAndAnnounce(n);
      bed.round();
      frames += n;
      if (bed.rx(0).waiting() > 500) {
        for (int j = 0; j < 20; j++) {
          bed.round();
        }
      }
    }
    while (!bed.softNet.isIdle()) {
      bed.round();
    }
    long ended =
        passed.size()
            + drops(DropReason.XDP)
            + drops(DropReason.XDP_ABORTED)
            + bed.dev.txQueue(0).sent().size()
            + other.txQueue(0).sent().size();
    assertThat(ended).as("seed %d", seed).isEqualTo(frames);
    assertThat(drops(DropReason.XDP)).isEqualTo(verdicts(XdpVerdict.DROP));
    assertThat(drops(DropReason.XDP_ABORTED)).isEqualTo(verdicts(XdpVerdict.ABORTED));
  }
}
