package io.dataplane.device;

import io.dataplane.base.Counter;
import io.dataplane.hook.XdpVerdict;

/** Verdicts given on one receive queue; counted by its worker, read by any thread. */
public final class XdpStats {

  private final Counter[] verdicts = new Counter[XdpVerdict.COUNT];

  XdpStats() {
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = new Counter();
    }
  }

  /**
   * The counter of a verdict.
   *
   * @param verdict a constant of {@link XdpVerdict}
   * @return counter of frames
   */
  public Counter verdict(int verdict) {
    return verdicts[verdict];
  }
}
