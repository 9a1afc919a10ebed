package io.dataplane.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that people write for durations, addresses and names. */
class ValueFormsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7ns, 7",
    "50us, 50_000",
    "50 µs, 50_000",
    "2ms, 2_000_000",
    "300s, 300_000_000_000",
    "5m, 300_000_000_000",
    "5min, 300_000_000_000",
    "1h, 3_600_000_000_000",
    "1d, 86_400_000_000_000",
  })
  void durationsHaveUnits(String text, String nanoseconds) {
    assertThat(Durations.parse(text))
        .contains(Duration.ofNanos(Long.parseLong(nanoseconds.replace("_", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "300", "-1s", "1.5s", "5 minutes", "999999999999999999d", "1s1s"})
  void otherTextIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ns", "1500ns", "50us", "2ms", "5m", "1h", "90s", "30d"})
  void durationsAreWrittenAsTheyAreRead(String text) {
    assertThat(Durations.parse(text).map(Durations::format)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9464", "0.0.0.0:0", "[::1]:9464", "[fe80::1]:65535"})
  void listenAddressesAreLiteral(String text) {
    assertThat(ListenAddress.parse(text)).map(ListenAddress::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9464",
        ":9464",
        "example.org:80",
        "::1:9464",
        "[::g]:1",
        "1.2.3.4.5:1",
        "1.2.3.4:65536"
      })
  void otherTextIsNoListenAddress(String text) {
    assertThat(ListenAddress.parse(text)).isEmpty();
  }

  @Test
  void localhostMeansTheLoopbackAddress() {
    assertThat(ListenAddress.parse("localhost:1")).contains(new ListenAddress("127.0.0.1", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "quueues, queues",
    "MTU, mtu",
    "drvier, driver",
    "ofloads, offloads",
    "persistant, persistent"
  })
  void aSlipFindsItsWord(String typed, String meant) {
    assertThat(Suggestions.closest(typed, DeviceSection.KEYS)).contains(meant);
  }

  @Test
  void anotherWordFindsNone() {
    assertThat(Suggestions.closest("colour", DeviceSection.KEYS)).isEmpty();
    assertThat(Suggestions.closest("x", List.of())).isEmpty();
  }
}
