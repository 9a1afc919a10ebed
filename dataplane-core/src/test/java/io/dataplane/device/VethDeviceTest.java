package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dataplane.base.Clock;
import io.dataplane.base.DropReason;
import io.dataplane.runtime.Dataplane;
import io.dataplane.runtime.DataplaneConfig;
import io.dataplane.testing.TestFrames;
import org.junit.jupiter.api.Test;

class VethDeviceTest extends RingDeviceContractTest {

  private static final int RING_FRAMES = 256;

  private static VethDevice.Pair pair() {
    return VethDevice.pair(
        "veth0", 0x0200_0000_0010L, "veth1", 0x0200_0000_0011L, 1500, RING_FRAMES);
  }

  @Override
  protected DeviceRig createRig() {
    VethDevice.Pair pair = pair();
    return MemoryRig.cable(pair.a(), pair.b(), RING_FRAMES, Clock.system());
  }

  @Test
  void anEndWhosePeerIsNotAddedDoesNotOpenAndTakesNoPacket() {
    try (Dataplane dp = new Dataplane(DataplaneConfig.defaults())) {
      VethDevice.Pair pair = pair();
      dp.add(pair.a());
      assertThatThrownBy(() -> dp.open(pair.a()))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("veth0")
          .hasMessageContaining("peer");
      var cpu = dp.workers().get(0).cpu();
      var skb = cpu.skbs().adopt(TestFrames.of(cpu, new byte[60]), pair.a());
      assertThat(skb).isNotNull();
      DeviceXmit.queueXmit(java.util.Objects.requireNonNull(skb), pair.a());
      assertThat(cpu.drops().get(pair.a().ifindex(), DropReason.DEV_READY)).isEqualTo(1);
      dp.memory().leaks().requireNoneInUse();
    }
  }

  @Test
  void anEndWhosePeerIsDownTakesNoFrame() throws Exception {
    try (Dataplane dp = new Dataplane(DataplaneConfig.defaults())) {
      VethDevice.Pair pair = pair();
      dp.add(pair.a());
      dp.add(pair.b());
      dp.open(pair.a());
      var cpu = dp.workers().get(0).cpu();
      int frame = TestFrames.of(cpu, new byte[60]);
      assertThat(pair.a().xdpXmit(frame, 0)).isFalse();
      assertThat(pair.a().txQueue(0).stats().drops().get()).isEqualTo(1);
      cpu.frames().put(frame);
      dp.memory().leaks().requireNoneInUse();
    }
  }
}
