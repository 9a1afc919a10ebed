package io.dataplane.packet;

import io.dataplane.base.Checks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens where an SkBuff operation would leave its buffer ({@code skb_panic} in
 * net/core/skbuff.c). The operation is refused and the packet marked, so that it is dropped at the
 * next hand-over; tests see an exception that draws the buffer.
 */
final class SkbPanic {

  private static final Logger LOG = LoggerFactory.getLogger(SkbPanic.class);
  private static final int WIDTH = 48;

  private SkbPanic() {}

  static void report(String function, SkbGeometry skb, int amount) {
    boolean first = !skb.panicked();
    skb.markPanicked();
    if (Checks.STRICT) {
      throw new SkbPanicException(describe(function, skb, amount));
    }
    if (first && LOG.isErrorEnabled()) {
      LOG.error(describe(function, skb, amount), new Throwable("call stack"));
    }
  }

  static String describe(String function, SkbGeometry skb, int amount) {
    SkbDev dev = skb.dev();
    return function
        + ": by "
        + amount
        + " len:"
        + skb.len()
        + " data_len:"
        + skb.dataLen()
        + " head:0x"
        + Long.toHexString(skb.head())
        + " data:+"
        + skb.data()
        + " tail:+"
        + skb.tail()
        + " end:+"
        + skb.end()
        + " dev:"
        + (dev == null ? "<NULL>" : dev.name())
        + "\n"
        + draw(skb.data(), skb.tail(), skb.end());
  }

  /**
   * Draws head, data, tail and end to scale.
   *
   * <pre>
   *   head          data                    tail          end
   *   |.............|#######################|.............|
   *   0             256                     1770          2048
   * </pre>
   */
  static String draw(int data, int tail, int end) {
    int d = scale(data, end);
    int t = Math.max(d + 1, scale(tail, end));
    String bar =
        "|"
            + ".".repeat(d)
            + "|"
            + "#".repeat(t - d)
            + "|"
            + ".".repeat(Math.max(0, WIDTH - t))
            + "|";
    String names =
        pad("head", d + 1)
            + pad("data", t - d + 1)
            + pad("tail", Math.max(0, WIDTH - t) + 1)
            + "end";
    String numbers =
        pad("0", d + 1)
            + pad("" + data, t - d + 1)
            + pad("" + tail, Math.max(0, WIDTH - t) + 1)
            + end;
    return names + "\n" + bar + "\n" + numbers;
  }

  private static int scale(int at, int end) {
    return end <= 0 ? 0 : (int) Math.max(0, Math.min(WIDTH, (long) at * WIDTH / end));
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
