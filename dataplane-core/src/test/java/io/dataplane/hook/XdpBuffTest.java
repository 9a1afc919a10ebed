package io.dataplane.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.FrameMemory;
import io.dataplane.memory.FrameSlab;
import io.dataplane.memory.FrameTable;
import io.dataplane.memory.Offload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program sees of a frame, and what its changes do to the frame's descriptor. */
class XdpBuffTest {

  private static final long TCP_PARTIAL =
      Offload.of(Offload.CSUM_PARTIAL, 34, 16, Offload.GSO_TCPV4, 1448);

  private final FrameMemory memory = new FrameMemory(64, 0, 1);
  private final FrameTable table = memory.slab().table();
  private final XdpBuff xdp = new XdpBuff(memory.slab());
  private int frame;

  @BeforeEach
  void takeAFrame() {
    frame = memory.pool(0).alloc();
    table.reset(frame, FrameSlab.HEADROOM, 100);
    xdp.set(frame, 3, 1);
  }

  @AfterEach
  void everyFrameIsBack() {
    memory.pool(0).put(frame);
    memory.leaks().requireNoneInUse();
    memory.close();
  }

  private long afterMoving(long offload, int bytes) {
    table.offload(frame, offload);
    xdp.set(frame, 3, 1);
    xdp.data(xdp.data() + bytes);
    xdp.dataMeta(xdp.data());
    xdp.commit();
    return table.offload(frame);
  }

  @Test
  void showsTheFrameAndWhereItCameIn() {
    long start = FrameSlab.offsetOf(frame);
    assertThat(xdp.hardStart()).isEqualTo(start);
    assertThat(xdp.data()).isEqualTo(start + FrameSlab.HEADROOM);
    assertThat(xdp.dataMeta()).isEqualTo(xdp.data());
    assertThat(xdp.dataEnd()).isEqualTo(xdp.data() + 100);
    assertThat(xdp.frame()).isEqualTo(frame);
    assertThat(xdp.ifindex()).isEqualTo(3);
    assertThat(xdp.rxQueue()).isEqualTo(1);
    assertThat(xdp.redirect()).isNull();
  }

  @Test
  void aCommitWithoutChangesOnlyHasGsoHeadersVerifiedAgain() {
    table.offload(frame, TCP_PARTIAL);
    xdp.commit();
    assertThat(table.offset(frame)).isEqualTo(FrameSlab.HEADROOM);
    assertThat(table.length(frame)).isEqualTo(100);
    assertThat(table.metaLength(frame)).isZero();
    assertThat(table.offload(frame)).isEqualTo(TCP_PARTIAL | (long) Offload.GSO_DODGY << 8);
    table.offload(frame, Offload.of(Offload.CSUM_PARTIAL, 34, 16, 0, 0));
    xdp.commit();
    assertThat(table.offload(frame)).isEqualTo(Offload.of(Offload.CSUM_PARTIAL, 34, 16, 0, 0));
  }

  @Test
  void headTailAndMetadataGoIntoTheDescriptor() {
    xdp.data(xdp.data() - 20);
    xdp.dataEnd(xdp.dataEnd() - 30);
    xdp.dataMeta(xdp.data() - 8);
    xdp.commit();
    assertThat(table.offset(frame)).isEqualTo(FrameSlab.HEADROOM - 20);
    assertThat(table.length(frame)).isEqualTo(90);
    assertThat(table.metaLength(frame)).isEqualTo(8);
  }

  @Test
  void theTargetOfOneFrameIsNotThatOfTheNext() {
    xdp.redirect((f, cpu) -> true);
    xdp.set(frame, 3, 1);
    assertThat(xdp.redirect()).isNull();
  }

  @Test
  void thePartialChecksumStaysAtItsByteWhenTheHeadMoves() {
    assertThat(Offload.csumStart(afterMoving(TCP_PARTIAL, -20))).isEqualTo(54);
    table.offset(frame, FrameSlab.HEADROOM);
    long cut = afterMoving(TCP_PARTIAL, 14);
    assertThat(Offload.csumStart(cut)).isEqualTo(20);
    assertThat(Offload.csumOffset(cut)).isEqualTo(16);
    assertThat(Offload.gsoSize(cut)).isEqualTo(1448);
    assertThat(Offload.gsoType(cut)).isEqualTo(Offload.GSO_TCPV4 | Offload.GSO_DODGY);
    assertThat(Offload.csum(cut)).isEqualTo(Offload.CSUM_PARTIAL);
  }

  @Test
  void aHeadThatMovesToTheChecksummedPartKeepsItAndBeyondDropsIt() {
    assertThat(Offload.csumStart(afterMoving(TCP_PARTIAL, 34))).isZero();
    assertThat(Offload.csum(table.offload(frame))).isEqualTo(Offload.CSUM_PARTIAL);
    table.offset(frame, FrameSlab.HEADROOM);
    assertThat(afterMoving(TCP_PARTIAL, 35)).isZero();
  }

  @Test
  void aVerifiedChecksumStaysVerified() {
    long verified = Offload.of(Offload.CSUM_UNNECESSARY, 0, 0, 0, 0);
    assertThat(afterMoving(verified, 14)).isEqualTo(verified);
  }

  @Test
  void everyVerdictHasAName() {
    assertThat(XdpVerdict.name(XdpVerdict.PASS)).isEqualTo("pass");
    assertThat(XdpVerdict.name(XdpVerdict.REDIRECT)).isEqualTo("redirect");
    assertThat(XdpVerdict.name(-1)).isEqualTo("aborted");
    assertThat(XdpVerdict.name(XdpVerdict.COUNT)).isEqualTo("aborted");
  }
}
