package io.dataplane.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DropCountersTest {

  @Test
  @Timeout(60)
  void aDeviceThatAppearsWhileTheWorkerCountsCostsNoCount() throws InterruptedException {
    DropCounters drops = new DropCounters();
    drops.ensureDevice(1);
    Thread control =
        new Thread(() -> {
          for (int i = 2; i < 2000; i++) {
            drops.ensureDevice(i);
          }
        });
    control.start();
    long counted = 0;
    while (control.isAlive() || counted < 1000) {
      drops.count(1, DropReason.XDP);
      counted++;
    }
    control.join();
    assertThat(drops.get(1, DropReason.XDP)).isEqualTo(counted);
    drops.count(1999, DropReason.NOMEM, 3);
    assertThat(drops.get(1999, DropReason.NOMEM)).isEqualTo(3);
  }

  @Test
  void aDeviceThatNobodyAnnouncedIsChargedToNone() {
    DropCounters drops = new DropCounters();
    drops.count(1000, DropReason.XDP);
    assertThat(drops.get(1000, DropReason.XDP)).isZero();
    assertThat(drops.get(0, DropReason.XDP)).isEqualTo(1);
  }
}
