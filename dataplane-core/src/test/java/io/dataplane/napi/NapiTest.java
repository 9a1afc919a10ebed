package io.dataplane.napi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.device.RxQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of one NAPI instance (Documentation/networking/napi.rst, net/core/dev.c). */
class NapiTest {

  @Test
  void fewerFramesThanAllowedCompletesAndRearms() {
    try (NapiBed bed = new NapiBed(1)) {
      int rearmed = bed.rx(0).rearms();
      bed.rx(0).arriveAndAnnounce(63);
      assertThat(bed.round()).isEqualTo(63);
      assertThat(bed.rx(0).rearms()).isEqualTo(rearmed + 1);
      assertThat(bed.napis.get(0).stats().completions().get()).isEqualTo(1);
      assertThat(bed.softNet.isIdle()).isTrue();
      assertThat(bed.delivered).isEqualTo(63);
    }
  }

  @Test
  void asManyFramesAsAllowedStaysScheduledAndIsNotRearmed() {
    try (NapiBed bed = new NapiBed(1)) {
      int rearmed = bed.rx(0).rearms();
      bed.rx(0).arriveAndAnnounce(64);
      assertThat(bed.round()).isEqualTo(64);
      assertThat(bed.rx(0).rearms()).isEqualTo(rearmed);
      assertThat(bed.softNet.isIdle()).isFalse();
      assertThat(bed.napis.get(0).stats().budgetExhausted().get()).isEqualTo(1);

      assertThat(bed.round()).isZero();
      assertThat(bed.rx(0).rearms()).isEqualTo(rearmed + 1);
      assertThat(bed.softNet.isIdle()).isTrue();
    }
  }

  @Test
  void aBudgetOfZeroReclaimsTransmissionsAndTouchesNoReceivedFrame() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).arrive(5);
      assertThat(bed.napis.get(0).poll(0)).isZero();
      assertThat(bed.rx(0).receives()).isZero();
      assertThat(bed.rx(0).waiting()).isEqualTo(5);
      assertThat(bed.dev.txQueue(0).reclaims()).isEqualTo(1);
    }
  }

  @Test
  void everyPollReclaimsTransmissions() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).arriveAndAnnounce(1);
      bed.round();
      assertThat(bed.dev.txQueue(0).reclaims()).isEqualTo(1);
    }
  }

  @Test
  void aFrameThatComesBetweenTheLastPollAndTheRearmIsNotLost() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).arriveAndAnnounce(1);
      int[] gaps = {3};
      bed.rx(0)
          .beforeRearm(q -> {
            if (gaps[0]-- > 0) {
              q.arrive(1); // the queue is not armed yet: nobody is told
            }
          });
      for (int i = 0; i < 10; i++) {
        bed.round();
      }
      assertThat(bed.delivered).isEqualTo(4);
      assertThat(bed.softNet.isIdle()).isTrue();
    }
  }

  @Test
  void aFrameAnnouncedDuringThePollIsTakenThoughTheInstanceIsScheduledAlready() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.dev.setRxHandler(null);
      bed.dev.setRxHandler(skb -> {
        skb.consume();
        if (++bed.delivered <= 3) {
          bed.rx(0).arriveAndAnnounce(1); // behind the look into the queue
        }
        return true;
      });
      bed.rx(0).arriveAndAnnounce(1);
      for (int i = 0; i < 10; i++) {
        bed.round();
      }
      assertThat(bed.delivered).isEqualTo(4);
      assertThat(bed.rx(0).waiting()).isZero();
    }
  }

  @Test
  void oneOfManyCallersSchedulesIt() {
    try (NapiBed bed = new NapiBed(1)) {
      assertThat(bed.napis.get(0).schedule()).isTrue();
      assertThat(bed.napis.get(0).schedule()).isFalse();
      bed.rx(0).arriveAndAnnounce(1);
      bed.round();
      assertThat(bed.rx(0).receives()).isEqualTo(1);
    }
  }

  @Test
  void aDisabledInstanceIsNeitherScheduledNorPolled() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.rx(0).arriveAndAnnounce(1);
      bed.napis.get(0).disable();
      bed.round();
      assertThat(bed.rx(0).receives()).isZero();
      assertThat(bed.napis.get(0).schedule()).isFalse();
      assertThat(bed.softNet.isIdle()).isTrue();
    }
  }

  @Test
  void enablingPollsWhatHasArrivedMeanwhile() {
    try (NapiBed bed = new NapiBed(1)) {
      bed.napis.get(0).disable();
      bed.rx(0).arriveAndAnnounce(2);
      bed.round();
      assertThat(bed.delivered).isZero();
      bed.napis.get(0).enable();
      bed.round();
      assertThat(bed.delivered).isEqualTo(2);
    }
  }

  /**
   * A thread won the right to schedule, and enters the instance into the list only after it was
   * disabled and enabled again and scheduled by somebody else.
   */
  @Test
  void anEntryIntoTheListThatComesLateDoesNotListTheInstanceTwice() {
    try (NapiBed bed = new NapiBed(2)) {
      ArrayDeque<Napi> late = new ArrayDeque<>();
      RxQueue queue = bed.rx(0);
      Napi napi = new Napi(queue, new NetReceive(bed.cpu, new PacketTypes()), late::addLast, 64);
      napi.enable();
      napi.schedule();
      napi.disable();
      napi.enable();
      bed.softNet.add(late.removeFirst()); // the late one: the instance is idle now
      bed.round();
      assertThat(bed.rx(0).receives()).isZero();

      napi.schedule();
      napi.disable();
      napi.enable();
      napi.schedule();
      bed.rx(0).arrive(1000);
      late.forEach(bed.softNet::add);
      assertThat(late).hasSize(2);
      for (int round = 1; round <= 5; round++) {
        bed.round();
        assertThat(bed.rx(0).receives()).isEqualTo(round);
      }
    }
  }

  @Test
  void aPollThatFailsKeepsItsTurnsAndTheOtherFramesOfItsBatch() {
    try (NapiBed bed = new NapiBed(2)) {
      List<Integer> lengths = new ArrayList<>();
      bed.dev.setRxHandler(null);
      bed.dev.setRxHandler(skb -> {
        lengths.add(skb.len());
        skb.consume();
        if (lengths.size() == 3) {
          throw new IllegalStateException("a defect of ours");
        }
        return true;
      });
      bed.rx(0).arriveAndAnnounce(10);
      bed.rx(1).arriveAndAnnounce(1);
      assertThatThrownBy(bed::round).hasMessage("a defect of ours");
      assertThat(lengths).hasSize(10);
      bed.round();
      assertThat(lengths).hasSize(11);
      bed.rx(0).arriveAndAnnounce(5);
      bed.round();
      bed.round();
      assertThat(lengths).hasSize(16);
      assertThat(bed.softNet.isIdle()).isTrue();
    }
  }

  @Test
  void weightsOutOfRangeAreRefused() {
    try (NapiBed bed = new NapiBed(1)) {
      NetReceive receive = new NetReceive(bed.cpu, new PacketTypes());
      for (int weight : new int[] {-1, 0, 1025}) {
        assertThatThrownBy(() -> new Napi(bed.rx(0), receive, bed.softNet::add, weight))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(String.valueOf(weight));
      }
    }
  }
}
