package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.drivers.Needs;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TCP and UDP with offloads on and off at our ends and at the hosts, in every mix. */
@Timeout(120)
class TapOffloadMixTest {

  private static final Set<TapOffload> ALL = EnumSet.allOf(TapOffload.class);
  private static final Set<TapOffload> NONE = EnumSet.noneOf(TapOffload.class);
  private static final long BYTES = 8L << 20;

  static Stream<Arguments> mixes() {
    return IntStream.range(0, 16)
        .mapToObj(m -> Arguments.of((m & 1) != 0, (m & 2) != 0, (m & 4) != 0, (m & 8) != 0));
  }

  @ParameterizedTest(name = "left: ours {0}, host''s {1}; right: ours {2}, host''s {3}")
  @MethodSource("mixes")
  void everyMixOfOffloadsMovesExactBytes(
      boolean ours, boolean hosts, boolean oursRight, boolean hostsRight) throws Exception {
    Needs.programs("ethtool");
    try (TwoHosts two =
        TwoHosts.with()
            .left(c -> c.withOffloads(ours ? ALL : NONE))
            .right(c -> c.withOffloads(oursRight ? ALL : NONE))
            .start()) {
      two.left().offloads(hosts);
      two.right().offloads(hostsRight);
      moveAll(two);
    }
  }

  @ParameterizedTest
  @CsvSource({"CHECKSUM", "TSO4", "TSO6", "USO"})
  void eachOffloadWorksAloneAgainstAnEndWithAll(TapOffload one) throws Exception {
    try (TwoHosts two =
        TwoHosts.with().left(c -> c.withOffloads(EnumSet.of(TapOffload.CHECKSUM, one))).start()) {
      moveAll(two);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true", "false,false"})
  void groChangesNoByte(boolean left, boolean right) throws Exception {
    try (TwoHosts two =
        TwoHosts.with()
            .left(c -> c.withGro(left).withOffloads(NONE))
            .right(c -> c.withGro(right))
            .start()) {
      moveAll(two);
    }
  }

  private static void moveAll(TwoHosts two) throws Exception {
    TapHost left = two.left();
    TapHost right = two.right();
    left.enableIpv6();
    right.enableIpv6();
    two.awaitPing();
    Transfer.tcp(left, right, right.address(), BYTES);
    Transfer.tcp(right, left, left.address6(), BYTES);
    Transfer.tcp(right, left, left.address(), BYTES);
    Transfer.tcp(left, right, right.address6(), BYTES);
    for (boolean v6 : new boolean[] {false, true}) {
      Transfer.udp(left, right, v6, 10, 40_000, 1400);
      Transfer.udp(right, left, v6, 10, 1200 * 3 + 1, 1200);
    }
    requireQuiet(left.snmp());
    requireQuiet(right.snmp());
  }

  /** No segment was damaged, and hardly one sent twice. */
  private static void requireQuiet(Map<String, Long> snmp) {
    assertThat(snmp).containsEntry("Tcp.InErrs", 0L).containsEntry("Tcp.InCsumErrors", 0L);
    assertThat(snmp).containsEntry("Udp.InErrors", 0L).containsEntry("Udp.InCsumErrors", 0L);
    assertThat(snmp.get("Tcp.RetransSegs"))
        .isLessThan(500 + snmp.getOrDefault("Tcp.OutSegs", 0L) / 20);
  }

  @Test
  void largePacketsCrossWholeWhereBothEndsTakeThem() throws Exception {
    try (TwoHosts two = TwoHosts.standard()) {
      two.awaitPing();
      long before = two.right().sent();
      Transfer.udp(two.left(), two.right(), false, 50, 40_000, 1000);
      assertThat(two.right().sent() - before).isLessThan(50 * 5);

      before = two.right().sent();
      Transfer.tcp(two.left(), two.right(), two.right().address(), BYTES);
      assertThat(two.right().sent() - before).isLessThan(BYTES / 1448 / 2);
    }
  }

  @Test
  void jumboFramesCarryTcpAndUdp() throws Exception {
    for (int mtu : new int[] {9000, 65_521}) {
      try (TwoHosts two =
          TwoHosts.with().both(c -> c.withMtu(mtu)).right(c -> c.withOffloads(NONE)).start()) {
        two.awaitPing();
        Transfer.tcp(two.left(), two.right(), two.right().address(), BYTES);
        Transfer.tcp(two.right(), two.left(), two.left().address(), BYTES);
        Transfer.udp(two.left(), two.right(), false, 10, 60_000, 8000);
        Transfer.udp(two.right(), two.left(), false, 10, mtu - 28, mtu - 28);
      }
    }
  }
}
