package io.dataplane.daemon.demo;

import java.util.List;

/** The middle one of some numbers. */
final class Median {

  private Median() {}

  /** 0 where there are none. */
  static long of(List<Long> numbers) {
    return numbers.isEmpty()
        ? 0
        : numbers.stream().sorted().skip((numbers.size() - 1) / 2).findFirst().orElse(0L);
  }
}
