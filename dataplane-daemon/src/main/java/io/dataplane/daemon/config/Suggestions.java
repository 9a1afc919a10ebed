package io.dataplane.daemon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word a mistyped one was meant to be. */
final class Suggestions {

  private Suggestions() {}

  /**
   * The known word nearest to a mistyped one, if one is near enough: about one slip in three
   * letters, so that {@code quueues} finds {@code queues} and {@code foo} finds nothing.
   */
  static Optional<String> closest(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int slipsMax = Math.max(1, Math.min(3, wanted.length() / 3));
    return known.stream()
        .filter(word -> distance(wanted, word.toLowerCase(Locale.ROOT)) <= slipsMax)
        .min(Comparator.comparingInt(word -> distance(wanted, word.toLowerCase(Locale.ROOT))));
  }

  /** Edit distance in which two swapped neighbours count as one slip (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int cost = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cost, d[i - 2][j - 2] + 1) : cost;
  }
}
