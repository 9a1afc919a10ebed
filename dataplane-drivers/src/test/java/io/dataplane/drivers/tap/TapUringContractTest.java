package io.dataplane.drivers.tap;

import io.dataplane.device.DeviceRig;
import io.dataplane.device.NetDeviceContractTest;

/** What every device does, for a TAP read and written by io_uring. */
class TapUringContractTest extends NetDeviceContractTest {

  @Override
  protected DeviceRig createRig() throws Exception {
    return new TapRig(TapIo.URING);
  }
}
