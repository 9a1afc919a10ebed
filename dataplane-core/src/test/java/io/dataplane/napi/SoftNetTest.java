package io.dataplane.napi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.device.TxFlushList;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a round ({@code net_rx_action}, net/core/dev.c). */
class SoftNetTest {

  private static NapiBed flooded(int queues) {
    NapiBed bed = new NapiBed(queues);
    for (int i = 0; i < queues; i++) {
      bed.rx(i).arriveAndAnnounce(100_000);
    }
    return bed;
  }

  @Test
  void aRoundEndsWithThePollOfSixtyFourThatUsesUpItsBudgetOfThreeHundred() {
    try (NapiBed bed = flooded(10)) {
      assertThat(bed.round()).isEqualTo(5 * 64);
      assertThat(bed.order).containsExactly(0, 1, 2, 3, 4);
      for (int i = 0; i < 5; i++) {
        assertThat(bed.napis.get(i).stats().frames().get()).isEqualTo(64);
      }
      assertThat(bed.softNet.processed().get()).isEqualTo(5 * 64);
    }
  }

  @Test
  void aRoundPollsEachInstanceOnce() {
    try (NapiBed bed = flooded(1)) {
      assertThat(bed.round()).isEqualTo(64);
      assertThat(bed.softNet.timeSqueeze().get()).isZero();
    }
  }

  @Test
  void instancesThatUsedTheirTurnComeBehindThoseThatHadNone() {
    try (NapiBed bed = flooded(10)) {
      bed.round();
      bed.round();
      assertThat(bed.order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      bed.round();
      assertThat(bed.order).endsWith(0, 1, 2, 3, 4);
    }
  }

  @Test
  void whatIsScheduledDuringARoundComesBehindTheRestAndBeforeTheRepolled() {
    try (NapiBed bed = new NapiBed(7)) {
      for (int i = 0; i < 6; i++) {
        bed.rx(i).arriveAndAnnounce(100_000);
      }
      bed.rx(0)
          .duringReceive(q -> {
            bed.order.add(0);
            bed.rx(6).arriveAndAnnounce(1);
          });
      bed.round();
      bed.round();
      assertThat(bed.order).startsWith(0, 1, 2, 3, 4, 5, 6, 0);
    }
  }

  @Test
  void tenFloodedQueuesGetEqualShares() {
    try (NapiBed bed = flooded(10)) {
      for (int i = 0; i < 400; i++) {
        bed.round();
      }
      for (Napi napi : bed.napis) {
        assertThat(napi.stats().frames().get()).isEqualTo(200 * 64);
      }
    }
  }

  @Test
  void eachOfNineFloodedQueuesIsServedWithinTwoRounds() {
    try (NapiBed bed = flooded(9)) {
      for (int i = 0; i < 100; i++) {
        bed.round();
      }
      for (int i = 0; i < 50; i++) {
        int before = bed.rx(8).receives();
        bed.round();
        bed.round();
        assertThat(bed.rx(8).receives()).isGreaterThan(before);
      }
    }
  }

  @Test
  void aUsedUpBudgetWithWorkLeftIsATimeSqueeze() {
    try (NapiBed bed = flooded(10)) {
      bed.round();
      assertThat(bed.softNet.timeSqueeze().get()).isEqualTo(1);
      bed.round();
      assertThat(bed.softNet.timeSqueeze().get()).isEqualTo(2);
    }
  }

  @Test
  void aUsedUpTimeLimitWithWorkLeftIsATimeSqueeze() {
    try (NapiBed bed = new NapiBed(5)) {
      for (int i = 0; i < 5; i++) {
        bed.rx(i).arriveAndAnnounce(1);
        bed.rx(i).duringReceive(q -> bed.clock.advance(1_000_000));
      }
      assertThat(bed.round()).isEqualTo(2);
      assertThat(bed.softNet.timeSqueeze().get()).isEqualTo(1);
      assertThat(bed.round()).isEqualTo(2);
      assertThat(bed.softNet.timeSqueeze().get()).isEqualTo(2);
      assertThat(bed.round()).isEqualTo(1);
      assertThat(bed.softNet.timeSqueeze().get()).isEqualTo(2);
      assertThat(bed.softNet.isIdle()).isTrue();
    }
  }

  @Test
  void timeThatRunsOutWithTheWorkIsNoSqueeze() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).arriveAndAnnounce(1);
      bed.rx(0).duringReceive(q -> bed.clock.advance(5_000_000));
      bed.round();
      assertThat(bed.softNet.timeSqueeze().get()).isZero();
    }
  }

  @Test
  void aQueueThatPretendsFramesWaitEndsNoRoundLate() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).duringReceive(q -> q.arrive(-q.waiting()));
      bed.rx(0).beforeRearm(q -> q.arrive(1));
      bed.napis.get(0).schedule();
      for (int i = 1; i <= 10; i++) {
        assertThat(bed.round()).isZero(); // under a clock that stands still
        assertThat(bed.rx(0).receives()).isEqualTo(i);
      }
    }
  }

  @Test
  void transmitQueuesAreFlushedOnceAfterEachPoll() {
    try (NapiBed bed = new NapiBed(3)) {
      bed.dev.setRxHandler(null);
      bed.dev.setRxHandler(skb -> {
        skb.consume();
        byte[] out = TestFrames.bytes(1L << 41, 2L << 40, 60, 1);
        return bed.dev.xdpXmit(TestFrames.of(bed.cpu, out), 0);
      });
      for (int i = 0; i < 3; i++) {
        bed.rx(i).arriveAndAnnounce(20);
      }
      bed.round();
      assertThat(bed.dev.txQueue(0).flushes()).isEqualTo(3);
      assertThat(bed.dev.txQueue(0).sent()).hasSize(60);
    }
  }

  @Test
  void anIdleListIsNoRound() {
    try (NapiBed bed = new NapiBed(3)) {
      assertThat(bed.round()).isZero();
      assertThat(bed.softNet.rounds().get()).isZero();
    }
  }

  @Test
  void busyPollsEveryQueueEachRoundAndNeverRearms() {
    try (NapiBed bed = new NapiBed(3, true)) {
      List<Integer> rearms = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rearms.add(bed.rx(i).rearms());
      }
      for (int round = 1; round <= 1000; round++) {
        if (round % 10 == 0) {
          bed.rx(1).arrive(1); // nobody is told: the queue is not armed
        }
        bed.round();
        for (int i = 0; i < 3; i++) {
          assertThat(bed.rx(i).receives()).isEqualTo(round);
        }
      }
      assertThat(bed.delivered).isEqualTo(100);
      for (int i = 0; i < 3; i++) {
        assertThat(bed.rx(i).rearms()).isEqualTo(rearms.get(i));
        assertThat(bed.napis.get(i).stats().completions().get()).isZero();
      }
    }
  }

  @Test
  void budgetAndTimeLimitBelowOneAreRefused() {
    TxFlushList list = new TxFlushList();
    assertThatThrownBy(() -> new SoftNet(() -> 0, list, 0, 1, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SoftNet(() -> 0, list, 1, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
