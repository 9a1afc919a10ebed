package io.dataplane.daemon.demo;

import java.util.List;

/** Where the play is shown. */
interface DemoScreen {

  /**
   * What there is to see at a moment.
   *
   * @param seconds since the start
   * @param steps all steps
   * @param sample rates since the last picture
   * @param addresses that the bridge knows
   * @param framesFree free frames of the worker
   * @param frames all its frames
   */
  record Picture(
      double seconds,
      List<DemoStep> steps,
      Rates.Sample sample,
      int addresses,
      int framesFree,
      int frames) {}

  /** Says what is shown. */
  void open(String description);

  /** Shows a moment. */
  void draw(Picture picture);

  /** A step has come to its end. */
  void stepEnded(DemoStep step);

  /** The play is over, the daemon stays; {@code hints} are commands to look at it. */
  void staying(List<String> hints);

  /** The end. */
  void close(String summary, boolean worked);

  /** Whether nobody can see it any more. */
  boolean isGone();
}
