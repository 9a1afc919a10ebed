package io.dataplane.daemon.text;

import java.util.Locale;

/** Quantities as people say them. */
public final class Human {

  private static final String[] RATE_UNITS = {"", "k", "M", "G", "T"};

  private Human() {}

  /** {@code 0.3 s}, {@code 12 s}, {@code 3 min 12 s}, {@code 5 h 7 min}, {@code 2 d 3 h}. */
  public static String duration(double seconds) {
    long whole = (long) seconds;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3_600) {
      return two(whole / 60, "min", whole % 60, "s");
    }
    if (whole < 86_400) {
      return two(whole / 3_600, "h", whole % 3_600 / 60, "min");
    }
    return two(whole / 86_400, "d", whole % 86_400 / 3_600, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** {@code 0.4 %} of a share from 0 to 1. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A rate with three digits and a decimal prefix: {@code 1.12 M}, {@code 950}, {@code 28.4 G}. */
  public static String rate(double perSecond) {
    double value = perSecond;
    int unit = 0;
    while (value >= 999.5 && unit < RATE_UNITS.length - 1) {
      value /= 1_000;
      unit++;
    }
    int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, RATE_UNITS[unit]).strip();
  }

  /** The same with a unit: {@code 1.12 Mpps}, {@code 28.4 Gbit/s}, {@code 950 bit/s}. */
  public static String rate(double perSecond, String unit) {
    String rate = rate(perSecond);
    return (rate.contains(" ") ? rate : rate + " ") + unit;
  }
}
