package io.dataplane.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.testing.TestClock;
import io.dataplane.testing.TestFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Faulty ends of cables under virtual time; at the end every frame must be back. */
abstract class FaultyDeviceBed {

  static final long SEED = 7;

  final TestClock clock = new TestClock();
  private final List<MemoryRig> rigs = new ArrayList<>();

  @AfterEach
  final void everyFrameIsBack() {
    rigs.forEach(MemoryRig::close);
  }

  MemoryRig rig(FaultPlan in, FaultPlan out, long seed) throws DeviceException {
    VethDevice.Pair pair =
        VethDevice.pair("veth0", 0x0200_0000_0010L, "veth1", 0x0200_0000_0011L, 1500, 1024);
    FaultyDevice faulty = new FaultyDevice(pair.a(), in, out, seed);
    MemoryRig rig = MemoryRig.cable(faulty, pair.b(), 1024, clock);
    rig.openFarEnd();
    rig.dataplane().open(faulty);
    rigs.add(rig);
    return rig;
  }

  static FaultPlan only(Fault fault, double p) {
    return FaultPlan.none().with(fault, p);
  }

  static FaultyDevice faulty(MemoryRig rig) {
    return (FaultyDevice) rig.device();
  }

  static byte[] frame(int i) {
    return TestFrames.bytes(0x0200_0000_0010L, 0x0200_0000_0011L, 60 + i % 500, i);
  }

  /** Sends frames 0 .. n-1 towards the device, and lets time pass between batches. */
  void receive(MemoryRig rig, int n) {
    for (int i = 0; i < n; i++) {
      assertThat(rig.farSend(frame(i))).isTrue();
      if (i % 50 == 49) {
        settle(rig);
      }
    }
    settle(rig);
  }

  void settle(MemoryRig rig) {
    while (rig.dataplane().runOnce() > 0) {
      clock.advance(1000);
    }
  }

  static long dropped(MemoryRig rig, DropReason reason) {
    return rig.cpu().drops().get(rig.device().ifindex(), reason);
  }
}
