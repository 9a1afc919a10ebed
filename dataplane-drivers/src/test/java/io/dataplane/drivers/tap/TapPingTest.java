package io.dataplane.drivers.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.link.bridge.FdbEntry;
import io.dataplane.runtime.PollMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Echoes between two hosts. */
@Timeout(60)
class TapPingTest {

  private static void flood(TapHost from, String options) {
    assertThat(from.namespace().run("ping -q -f -W 5 " + options)).contains(" 0% packet loss");
  }

  @ParameterizedTest
  @CsvSource({"ADAPTIVE,URING,1", "ADAPTIVE,SYSCALL,1", "BUSY,URING,1", "ADAPTIVE,AUTO,2"})
  void aFloodOfEchoesLosesNothing(PollMode mode, TapIo io, int workers) throws Exception {
    try (TwoHosts hosts =
        TwoHosts.with()
            .poll(mode)
            .workers(workers)
            .both(c -> c.withIo(io).withQueues(workers))
            .start()) {
      flood(hosts.left(), "-c 5000 " + hosts.right().address());
      flood(hosts.right(), "-c 2000 -s 1400 " + hosts.left().address());
    }
  }

  @ParameterizedTest
  @CsvSource({"68,40", "1500,1472", "9000,8972", "65521,65493"})
  void echoesFillTheMtu(int mtu, int payload) throws Exception {
    try (TwoHosts hosts = TwoHosts.with().both(c -> c.withMtu(mtu)).start()) {
      flood(hosts.left(), "-c 500 -M do -s " + payload + " " + hosts.right().address());
    }
  }

  @Test
  void ipv6FindsItsNeighbourAndEchoes() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      hosts.left().enableIpv6();
      hosts.right().enableIpv6();

      flood(hosts.left(), "-6 -c 500 " + hosts.right().address6());
      assertThat(hosts.left().namespace().ip("-6 neigh show"))
          .contains(hosts.right().address6() + " dev");
    }
  }

  @Test
  void eachHostIsLearnedWhereItIs() throws Exception {
    try (TwoHosts hosts = TwoHosts.standard()) {
      hosts.awaitPing();

      assertThat(hosts.bridge().fdb())
          .extracting(FdbEntry::port)
          .containsExactlyInAnyOrder(hosts.left().interfaceName(), hosts.right().interfaceName());
    }
  }
}
