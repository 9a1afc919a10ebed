package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.DropReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault happens as often as planned, to the frames that the seed chooses, and is counted. */
class FaultyDeviceTest extends FaultyDeviceBed {

  private static final int FRAMES = 2000;

  private static BitSet arrived(List<byte[]> frames) {
    BitSet seen = new BitSet();
    for (byte[] got : frames) {
      for (int i = got.length - 60; i < FRAMES; i += 500) {
        if (Arrays.equals(got, frame(i))) {
          seen.set(i);
        }
      }
    }
    return seen;
  }

  @Test
  void lossIsCountedAndNamedAndTheRestComesInOrder() throws Exception {
    MemoryRig rig = rig(only(Fault.LOSS, 0.3), FaultPlan.none(), SEED);
    receive(rig, FRAMES);
    long lost = faulty(rig).injectedOnReceive(Fault.LOSS);
    assertThat(lost).isBetween(500L, 700L);
    assertThat(rig.received()).hasSize((int) (FRAMES - lost));
    assertThat(dropped(rig, DropReason.FAULT_INJECTED)).isEqualTo(lost);
    assertThat(arrived(rig.received()).cardinality()).isEqualTo(FRAMES - lost);
  }

  @Test
  void theSameSeedHitsTheSameFramesAndAnotherSeedOthers() throws Exception {
    List<BitSet> runs = new ArrayList<>();
    for (long seed : new long[] {SEED, SEED, SEED + 100}) {
      MemoryRig rig = rig(only(Fault.LOSS, 0.3), FaultPlan.none(), seed);
      receive(rig, FRAMES);
      runs.add(arrived(rig.received()));
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
    assertThat(runs.get(2)).isNotEqualTo(runs.get(0));
  }

  @Test
  void aDuplicateComesRightBesideItsOriginal() throws Exception {
    MemoryRig rig = rig(only(Fault.DUPLICATE, 0.2), FaultPlan.none(), SEED);
    receive(rig, FRAMES);
    long twice = faulty(rig).injectedOnReceive(Fault.DUPLICATE);
    assertThat(twice).isBetween(300L, 500L);
    assertThat(rig.received()).hasSize((int) (FRAMES + twice));
    int at = 0;
    for (int i = 0; i < FRAMES; i++) {
      byte[] expected = frame(i);
      assertThat(rig.received().get(at++)).isEqualTo(expected);
      if (at < rig.received().size() && Arrays.equals(rig.received().get(at), expected)) {
        at++;
      }
    }
    assertThat(at).isEqualTo(rig.received().size());
  }

  @Test
  void aCorruptedFrameDiffersInOneBit() throws Exception {
    MemoryRig rig = rig(only(Fault.CORRUPT, 0.2), FaultPlan.none(), SEED);
    receive(rig, FRAMES);
    int corrupted = 0;
    for (int i = 0; i < FRAMES; i++) {
      byte[] got = rig.received().get(i);
      byte[] sent = frame(i);
      assertThat(got).hasSameSizeAs(sent);
      int bits = 0;
      for (int b = 0; b < sent.length; b++) {
        bits += Integer.bitCount((got[b] ^ sent[b]) & 0xff);
      }
      assertThat(bits).isLessThanOrEqualTo(1);
      corrupted += bits;
    }
    assertThat(corrupted).isEqualTo((int) faulty(rig).injectedOnReceive(Fault.CORRUPT));
    assertThat(corrupted).isBetween(300, 500);
  }

  @Test
  void aTruncatedFrameIsAPartOfItselfAndRuntsAreNamed() throws Exception {
    MemoryRig rig = rig(only(Fault.TRUNCATE, 1), FaultPlan.none(), SEED);
    receive(rig, 500);
    assertThat(faulty(rig).injectedOnReceive(Fault.TRUNCATE)).isEqualTo(500);
    long runts = dropped(rig, DropReason.PKT_TOO_SMALL);
    assertThat(runts).isPositive();
    assertThat(rig.received()).hasSize((int) (500 - runts));
    int at = 0;
    for (byte[] got : rig.received()) {
      while (Arrays.mismatch(got, frame(at)) != got.length) {
        at++;
      }
      assertThat(got.length).isLessThan(frame(at).length);
      at++;
    }
  }

  @Test
  void aReceiveErrorIsCountedByTheQueue() throws Exception {
    MemoryRig rig = rig(only(Fault.ERROR, 0.1), FaultPlan.none(), SEED);
    receive(rig, FRAMES);
    long errors = faulty(rig).injectedOnReceive(Fault.ERROR);
    assertThat(errors).isBetween(100L, 300L);
    assertThat(rig.device().rxQueues().get(0).stats().errors().get()).isEqualTo(errors);
    assertThat(dropped(rig, DropReason.FAULT_INJECTED)).isEqualTo(errors);
    assertThat(rig.received()).hasSize((int) (FRAMES - errors));
  }

  @Test
  void aFullTransmitRingRefusesAFrameAndTakesTheNext() throws Exception {
    MemoryRig rig = rig(FaultPlan.none(), only(Fault.FULL_RING, 0.25), SEED);
    int refused = 0;
    for (int i = 0; i < FRAMES; i++) {
      if (i % 2 == 0) {
        refused += rig.sendFrame(frame(i)) ? 0 : 1;
      } else {
        rig.sendPacket(frame(i));
      }
      settle(rig);
    }
    long full = faulty(rig).injectedOnTransmit(Fault.FULL_RING);
    assertThat(full).isBetween(400L, 600L);
    assertThat(rig.device().txQueue(0).stats().drops().get()).isEqualTo(full);
    assertThat(refused + dropped(rig, DropReason.FULL_RING)).isEqualTo(full);
    assertThat(rig.farReceived()).hasSize((int) (FRAMES - full));
  }

  @Test
  void reorderedFramesAllComeAndNoneFarFromItsPlace() throws Exception {
    MemoryRig rig = rig(only(Fault.REORDER, 0.2), FaultPlan.none(), SEED);
    receive(rig, FRAMES);
    assertThat(faulty(rig).injectedOnReceive(Fault.REORDER)).isBetween(300L, 500L);
    assertThat(rig.received()).hasSize(FRAMES);
    assertThat(arrived(rig.received()).cardinality()).isEqualTo(FRAMES);
    int moved = 0;
    for (int i = 0; i < FRAMES; i++) {
      int at = i;
      while (!Arrays.equals(rig.received().get(at), frame(i)) && at > Math.max(0, i - 16)) {
        at--;
      }
      moved += at == i ? 0 : 1;
    }
    assertThat(moved).isPositive();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyFrameIsAccountedForUnderAllFaultsAtOnce(long seed) throws Exception {
    FaultPlan chaos = FaultPlan.none();
    for (Fault fault : Fault.values()) {
      chaos = chaos.with(fault, 0.1);
    }
    MemoryRig rig = rig(chaos, chaos, seed);
    int sent = 0;
    for (int i = 0; i < FRAMES; i++) {
      rig.farSend(frame(i));
      sent += rig.sendFrame(frame(i)) ? 1 : 0;
      if (i % 50 == 49) {
        settle(rig);
      }
    }
    settle(rig);
    FaultyDevice dev = faulty(rig);
    assertThat(rig.received().size() + dropped(rig, DropReason.PKT_TOO_SMALL))
        .isEqualTo(
            FRAMES
                - dev.injectedOnReceive(Fault.LOSS)
                - dev.injectedOnReceive(Fault.ERROR)
                + dev.injectedOnReceive(Fault.DUPLICATE));
    assertThat((long) rig.farReceived().size())
        .isEqualTo(
            sent
                - dev.injectedOnTransmit(Fault.LOSS)
                - dev.injectedOnTransmit(Fault.ERROR)
                + dev.injectedOnTransmit(Fault.DUPLICATE));
    assertThat(sent).isEqualTo(FRAMES - (int) dev.injectedOnTransmit(Fault.FULL_RING));
  }

  @Test
  void probabilitiesOutOfRangeAreRefused() {
    for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> only(Fault.LOSS, p))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("LOSS");
    }
    assertThatThrownBy(() -> FaultPlan.none().withDelayNs(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
