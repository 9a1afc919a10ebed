package io.dataplane.daemon.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 50us}, {@code 2ms}, {@code 300s}, {@code 5m}. */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(ns|us|µs|ms|s|m|min|h|d)");

  private Durations() {}

  /**
   * Reads a number with its unit: ns, us (or µs), ms, s, m (or min), h, d. A bare {@code 0} needs
   * none.
   *
   * @return empty if the text is not such a duration, or is too long for a {@link Duration}
   */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(unit(form.group(2)).multipliedBy(Long.parseLong(form.group(1))));
    } catch (ArithmeticException tooLong) {
      return Optional.empty();
    }
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ns" -> Duration.ofNanos(1);
      case "us", "µs" -> Duration.ofNanos(1_000);
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m", "min" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /** The shortest exact form that {@link #parse} reads back: {@code 5m} for 300 seconds. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    for (String name : new String[] {"d", "h", "m", "s", "ms", "us"}) {
      Duration unit = unit(name);
      if (duration.equals(unit.multipliedBy(duration.dividedBy(unit)))) {
        return duration.dividedBy(unit) + name;
      }
    }
    return duration.toNanos() + "ns";
  }
}
