package io.dataplane.device;

class LoopbackDeviceTest extends RingDeviceContractTest {

  @Override
  protected DeviceRig createRig() {
    return MemoryRig.loopback(new LoopbackDevice("lo"), 1024);
  }
}
