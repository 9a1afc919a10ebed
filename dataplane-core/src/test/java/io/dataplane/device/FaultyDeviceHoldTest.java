package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import org.junit.jupiter.api.Test;

/** Frames that are held back: not before their time, not for ever, and not too many. */
class FaultyDeviceHoldTest extends FaultyDeviceBed {

  @Test
  void aDelayedFrameComesWhenItIsTimeAndNotBefore() throws Exception {
    FaultPlan late = only(Fault.DELAY, 1).withDelayNs(5_000_000);
    MemoryRig rig = rig(late, FaultPlan.none(), SEED);
    rig.farSend(frame(0));
    rig.farSend(frame(1));
    rig.dataplane().runOnce();
    rig.dataplane().runOnce();
    clock.advance(4_999_999);
    assertThat(rig.dataplane().runOnce()).as("the held frame counts as work").isPositive();
    assertThat(rig.received()).isEmpty();
    clock.advance(1);
    rig.dataplane().runOnce();
    assertThat(rig.received()).hasSize(2);
    assertThat(rig.received().get(0)).isEqualTo(frame(0));
    settle(rig);
    assertThat(rig.dataplane().runOnce()).isZero();
  }

  @Test
  void aDelayedTransmissionGoesOutThoughNothingFollowsIt() throws Exception {
    FaultPlan late = only(Fault.DELAY, 1).withDelayNs(5_000_000);
    MemoryRig rig = rig(FaultPlan.none(), late, SEED);
    assertThat(rig.sendFrame(frame(0))).isTrue();
    rig.sendPacket(frame(1));
    rig.dataplane().runOnce();
    clock.advance(4_000_000);
    rig.dataplane().runOnce();
    assertThat(rig.farReceived()).isEmpty();
    settle(rig);
    assertThat(rig.farReceived()).hasSize(2);
    assertThat(rig.farReceived().get(1)).isEqualTo(frame(1));
    assertThat(rig.device().txQueue(0).stats().packets().get()).isEqualTo(2);
  }

  @Test
  void stoppingDropsWhatIsHeldWithItsReason() throws Exception {
    FaultPlan never = only(Fault.DELAY, 1).withDelayNs(Long.MAX_VALUE / 4);
    MemoryRig rig = rig(never, never, SEED);
    for (int i = 0; i < 30; i++) {
      rig.farSend(frame(i));
      rig.sendFrame(frame(i));
    }
    rig.dataplane().runOnce();
    rig.dataplane().runOnce();
    rig.dataplane().close(rig.device());
    assertThat(dropped(rig, DropReason.DEV_GONE)).isEqualTo(60);
    rig.dataplane().memory().leaks().requireNoneInUse();
  }

  @Test
  void holdsABoundedNumberOfFrames() throws Exception {
    FaultPlan never = only(Fault.DELAY, 1).withDelayNs(Long.MAX_VALUE / 4);
    MemoryRig rig = rig(never, FaultPlan.none(), SEED);
    for (int i = 0; i < 500; i++) {
      rig.farSend(frame(i));
    }
    for (int i = 0; i < 20; i++) {
      rig.dataplane().runOnce();
    }
    assertThat(rig.received()).hasSize(500 - FaultInjector.HELD_MAX);
    rig.dataplane().close(rig.device());
  }
}
