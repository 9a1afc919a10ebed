package io.dataplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.base.DropReason;
import io.dataplane.base.MacAddress;
import org.junit.jupiter.api.Test;

/** Frames through NAPI and a bridge, from host to host, under virtual time. */
class BridgingTest {

  private static final long A = BridgedHosts.mac(1);
  private static final long B = BridgedHosts.mac(2);
  private static final long C = BridgedHosts.mac(3);

  @Test
  void floodsWhatItDoesNotKnowAndThenForwardsToOnePort() throws Exception {
    try (BridgedHosts net = new BridgedHosts(3, 100)) {
      net.send(0, B, A, 60);
      net.settle();
      assertThat(net.hosts[0].count()).isZero();
      assertThat(net.hosts[1].count()).isEqualTo(1);
      assertThat(net.hosts[2].count()).isEqualTo(1);

      net.send(1, A, B, 1514);
      net.settle();
      assertThat(net.hosts[0].count()).isEqualTo(1);
      assertThat(net.hosts[2].count()).isEqualTo(1);

      net.send(0, B, A, 60);
      net.settle();
      assertThat(net.hosts[1].count()).isEqualTo(2);
      assertThat(net.hosts[2].count()).isEqualTo(1);
      assertThat(net.bridge.flooded()).isEqualTo(1);
      assertThat(net.bridge.forwarded()).isEqualTo(2);
    }
  }

  @Test
  void everyLengthOfAFrameArrivesUnchanged() throws Exception {
    try (BridgedHosts net = new BridgedHosts(2, 100)) {
      for (int length = 14; length <= 1518; length++) {
        net.send(0, B, A, length);
        net.settle();
        byte[] got = net.hosts[1].frames.get(net.hosts[1].count() - 1);
        assertThat(got).hasSize(length);
        for (int i = 14; i < length; i++) {
          assertThat(got[i]).isEqualTo((byte) i);
        }
      }
    }
  }

  @Test
  void dropsWhatNoBridgeForwardsEachWithItsReason() throws Exception {
    try (BridgedHosts net = new BridgedHosts(2, 100)) {
      net.send(0, MacAddress.parse("01:80:c2:00:00:0e"), A, 60);
      net.send(0, B, MacAddress.BROADCAST, 60);
      net.send(0, B, 0, 60);
      net.send(0, B, A, 13);
      net.send(0, B, A, 1519);
      net.settle();
      assertThat(net.hosts[1].count()).isZero();
      int port = net.cables.get(0).b().ifindex();
      assertThat(net.cpu().drops().get(port, DropReason.BRIDGE_LINK_LOCAL)).isEqualTo(1);
      assertThat(net.cpu().drops().get(port, DropReason.MAC_INVALID_SOURCE)).isEqualTo(2);
      assertThat(net.cpu().drops().get(port, DropReason.PKT_TOO_SMALL)).isEqualTo(1);
      int out = net.cables.get(1).b().ifindex();
      assertThat(net.cpu().drops().get(out, DropReason.PKT_TOO_BIG)).isEqualTo(1);
    }
  }

  @Test
  void anAddressThatMovesIsFollowedAndOneThatIsSilentForgotten() throws Exception {
    try (BridgedHosts net = new BridgedHosts(3, 100)) {
      net.send(0, MacAddress.BROADCAST, A, 60);
      net.settle();
      net.send(1, MacAddress.BROADCAST, A, 60);
      net.settle();
      assertThat(net.bridge.moved()).isEqualTo(1);
      net.send(2, A, C, 60);
      net.settle();
      assertThat(net.hosts[1].count()).isEqualTo(2);
      assertThat(net.hosts[0].count()).isEqualTo(1);

      net.clock.advance(301_000_000_000L);
      net.settle();
      assertThat(net.bridge.fdb()).isEmpty();
      net.send(2, A, C, 60);
      net.settle();
      assertThat(net.hosts[0].count()).isEqualTo(2);
    }
  }

  @Test
  void aHundredThousandSourcesStayWithinTheBound() throws Exception {
    try (BridgedHosts net = new BridgedHosts(2, 500)) {
      net.send(1, A, B, 60);
      net.settle();
      for (int i = 0; i < 100_000; i++) {
        net.send(0, B, BridgedHosts.mac(1000 + i), 60);
        if (i % 500 == 499) {
          net.settle();
          net.hosts[1].frames.clear();
        }
      }
      net.settle();
      assertThat(net.bridge.fdbCount()).isEqualTo(500);
      assertThat(net.bridge.tableFull()).isEqualTo(100_000 - 499);
      net.clock.advance(301_000_000_000L);
      net.settle();
      assertThat(net.bridge.fdbCount()).isZero();
      net.send(0, B, A, 60);
      net.settle();
      assertThat(net.bridge.fdb()).hasSize(1);
    }
  }

  @Test
  void aStaticAddressNeitherMovesNorAges() throws Exception {
    try (BridgedHosts net = new BridgedHosts(3, 100)) {
      net.bridge.addStatic(A, 0, net.bridge.portList().get(0));
      net.send(1, MacAddress.BROADCAST, A, 60);
      net.settle();
      assertThat(net.bridge.staticViolations()).isEqualTo(1);
      net.clock.advance(1_000_000_000_000L);
      net.settle();
      net.send(2, A, C, 60);
      net.settle();
      assertThat(net.hosts[0].count()).isEqualTo(2);
      assertThat(net.hosts[1].count()).isZero();
    }
  }

  @Test
  void aPoolThatRunsDryDropsCountsAndRecovers() throws Exception {
    try (BridgedHosts net = new BridgedHosts(2, 100)) {
      int sent = 0;
      while (net.send(0, B, A, 60)) {
        sent++;
      }
      assertThat(sent).isEqualTo(1024);
      int[] held = new int[net.cpu().frames().freeFrames()];
      for (int i = 0; i < held.length; i++) {
        held[i] = net.cpu().frames().alloc();
      }
      assertThat(net.send(0, B, A, 60)).isFalse();
      assertThat(net.cpu().frames().frameExhausted().get()).isEqualTo(1);
      for (int f : held) {
        net.cpu().frames().put(f);
      }
      net.settle();
      assertThat(net.hosts[1].count()).isEqualTo(1024);
      assertThat(net.send(0, B, A, 60)).isTrue();
    }
  }
}
