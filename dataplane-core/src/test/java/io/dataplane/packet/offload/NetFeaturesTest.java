package io.dataplane.packet.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.memory.Offload;
import org.junit.jupiter.api.Test;

class NetFeaturesTest {

  @Test
  void namesAreThoseOfEthtoolAndComeBack() {
    assertThat(NetFeatures.names(NetFeatures.SG | NetFeatures.TSO | NetFeatures.GRO_UDP_FWD))
        .containsExactly("tx-scatter-gather", "tx-tcp-segmentation", "rx-udp-gro-forwarding");
    for (int i = 0; i < 11; i++) {
      assertThat(NetFeatures.names(1L << i)).hasSize(1);
      assertThat(NetFeatures.bit(NetFeatures.names(1L << i).getFirst())).isEqualTo(1L << i);
    }
    assertThat(NetFeatures.names(1L << 11)).isEmpty();
    assertThat(NetFeatures.bit("no-such-feature")).isEqualTo(NetFeatures.NONE);
  }

  @Test
  void segmentationNeedsFragmentsAndChecksums() {
    long all = -1;
    assertThat(NetFeatures.fix(all)).isEqualTo(all);
    assertThat(NetFeatures.fix(all & ~NetFeatures.SG) & NetFeatures.GSO_MASK).isZero();
    assertThat(NetFeatures.fix(all & ~NetFeatures.HW_CSUM) & NetFeatures.GSO_MASK).isZero();
    assertThat(NetFeatures.fix(all & ~NetFeatures.TSO) & NetFeatures.TSO_MANGLEID).isZero();
    assertThat(NetFeatures.fix(all & ~NetFeatures.GRO) & NetFeatures.GRO_UDP_FWD).isZero();
  }

  @Test
  void everyGsoBitNeedsItsFeature() {
    assertThat(NetFeatures.isGsoOk(NetFeatures.TSO, Offload.GSO_TCPV4)).isTrue();
    assertThat(NetFeatures.isGsoOk(NetFeatures.TSO, Offload.GSO_TCPV6)).isFalse();
    assertThat(NetFeatures.isGsoOk(NetFeatures.TSO, Offload.GSO_TCPV4 | Offload.GSO_TCP_ECN))
        .isFalse();
    assertThat(
            NetFeatures.isGsoOk(
                NetFeatures.TSO | NetFeatures.TSO_MANGLEID,
                Offload.GSO_TCPV4 | Offload.GSO_TCP_FIXEDID))
        .isTrue();
    assertThat(NetFeatures.isGsoOk(-1, 0)).as("no kind at all").isFalse();
  }
}
