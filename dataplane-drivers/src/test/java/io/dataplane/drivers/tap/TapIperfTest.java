package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.drivers.Await;
import io.dataplane.drivers.Needs;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** iperf3 between the hosts, both ways, as an operator would try it. */
@Timeout(60)
class TapIperfTest {

  private static final Pattern RECEIVED =
      Pattern.compile("\"sum_received\":\\s*\\{[^}]*?\"bytes\":\\s*(\\d+)");

  @ParameterizedTest
  @CsvSource({"true,''", "true,-R", "false,''", "false,-R", "true,--bidir", "true,-6"})
  void iperfMovesDataForTwoSeconds(boolean offloads, String option) throws Exception {
    Needs.programs("iperf3", "ss");
    try (TwoHosts hosts = TwoHosts.with().both(c -> offloads ? c : without(c)).start()) {
      hosts.left().enableIpv6();
      hosts.right().enableIpv6();
      hosts.awaitPing();
      TapHost server = hosts.right();
      String name = server.namespace().name();
      Process listening =
          new ProcessBuilder("ip", "netns", "exec", name, "iperf3", "-s", "-1")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Await.until("iperf3 listens", () -> server.namespace().run("ss -Hltn").contains(":5201"));
      String to = "-6".equals(option) ? server.address6() : server.address();
      String report =
          hosts.left().namespace().run(("iperf3 -J -t 2 -c " + to + " " + option).strip());
      listening.waitFor();

      Matcher received = RECEIVED.matcher(report);
      assertThat(received.find()).as(report).isTrue();
      assertThat(Long.parseLong(received.group(1))).isGreaterThan(1 << 20);
    }
  }

  private static TapConfig without(TapConfig config) {
    return config.withOffloads(EnumSet.noneOf(TapOffload.class));
  }
}
