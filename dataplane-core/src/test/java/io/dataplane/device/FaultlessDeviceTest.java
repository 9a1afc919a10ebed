package io.dataplane.device;

import io.dataplane.base.Clock;

/** A {@link FaultyDevice} without faults is the device behind it. */
class FaultlessDeviceTest extends RingDeviceContractTest {

  private static final int RING_FRAMES = 256;

  @Override
  protected DeviceRig createRig() {
    VethDevice.Pair pair =
        VethDevice.pair("veth0", 0x0200_0000_0010L, "veth1", 0x0200_0000_0011L, 1500, RING_FRAMES);
    NetDevice faulty = new FaultyDevice(pair.a(), FaultPlan.none(), FaultPlan.none(), 1);
    return MemoryRig.cable(faulty, pair.b(), RING_FRAMES, Clock.system());
  }
}
