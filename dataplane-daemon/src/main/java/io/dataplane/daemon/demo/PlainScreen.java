package io.dataplane.daemon.demo;

import io.dataplane.daemon.demo.DemoStep.State;
import io.dataplane.daemon.text.Human;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** For pipes and logs: a line for each step, and one a second in between. */
final class PlainScreen implements DemoScreen {

  private final PrintStream out;
  private double shownSeconds;

  PlainScreen(DemoOptions options) {
    this.out = options.out();
  }

  @Override
  public void open(String description) {
    out.println("dataplane demo: " + description);
  }

  @Override
  public void draw(Picture picture) {
    if (picture.seconds() - shownSeconds < 1) {
      return;
    }
    shownSeconds = picture.seconds();
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%5.1f s", picture.seconds()));
    for (Rates.Port port : picture.sample().ports()) {
      line.append("  ").append(port.name()).append(" in ");
      line.append(Human.rate(port.inFrames(), "pps")).append(' ');
      line.append(Human.rate(port.inBits(), "bit/s"));
    }
    out.println(line.append("  worker ").append(Human.percent(picture.sample().busyShare())));
  }

  @Override
  public void stepEnded(DemoStep step) {
    String mark =
        step.state() == State.PASSED ? "ok" : step.state() == State.FAILED ? "FAILED" : "stopped";
    out.println(mark + ": " + step.title() + ": " + step.result());
  }

  @Override
  public void staying(List<String> hints) {
    out.println("The daemon goes on until Ctrl-C. To look at it, in another terminal:");
    hints.forEach(hint -> out.println("  " + hint));
  }

  @Override
  public void close(String summary, boolean worked) {
    out.println("dataplane demo: " + summary);
  }

  @Override
  public boolean isGone() {
    return out.checkError();
  }
}
