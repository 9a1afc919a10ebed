package io.dataplane.device;

class LoopbackDeviceTest extends NetDeviceContractTest {

  @Override
  protected DeviceRig createRig() {
    return MemoryRig.loopback(new LoopbackDevice("lo"), 1024);
  }
}
