package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device does besides whose frames wait in a ring of ours, not in the host. */
abstract class RingDeviceContractTest extends NetDeviceContractTest {

  @Test
  void losesNothingThatItsRingHolds() throws Exception {
    open();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < rig.rxRingFrames(); i++) {
      frames.add(toDevice(60, i));
      assertThat(rig.farSend(frames.get(i))).isTrue();
    }
    rig.settle();
    assertSame(rig.received(), frames);
  }

  @Test
  void aFullRingDropsWithItsReasonAndRecovers() throws Exception {
    open();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < rig.txRingFrames() + 10; i++) {
      frames.add(toFarEnd(60, i));
      rig.sendPacket(frames.get(i));
    }
    assertThat(rig.sendFrame(toFarEnd(60, 1))).isFalse();
    NetDevice dev = rig.device();
    assertThat(dev.txQueue(0).stats().drops().get()).isEqualTo(11);
    assertThat(rig.cpu().drops().get(dev.ifindex(), DropReason.FULL_RING)).isEqualTo(10);
    rig.settle();
    assertSame(rig.farReceived(), frames.subList(0, rig.txRingFrames()));

    rig.sendPacket(toFarEnd(60, 0));
    rig.settle();
    assertThat(rig.farReceived()).hasSize(rig.txRingFrames() + 1);
  }
}
