package io.dataplane.daemon.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "9.94, 9.9 s",
    "12.7, 12 s",
    "60, 1 min",
    "192, 3 min 12 s",
    "3600, 1 h",
    "18420, 5 h 7 min",
    "183600, 2 d 3 h",
  })
  void durations(double seconds, String text) {
    assertThat(Human.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7.4, 7",
    "999, 999",
    "1000, 1.00 k",
    "1234567, 1.23 M",
    "28400000000, 28.4 G",
    "999600, 1.00 M",
    "123456789, 123 M",
  })
  void rates(double perSecond, String text) {
    assertThat(Human.rate(perSecond)).isEqualTo(text);
  }
}
