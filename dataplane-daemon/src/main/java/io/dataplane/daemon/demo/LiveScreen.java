package io.dataplane.daemon.demo;

import io.dataplane.daemon.demo.DemoStep.State;
import io.dataplane.daemon.text.Human;
import io.dataplane.daemon.text.Style;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** For terminals: one screen, drawn over itself; what stands there last stays. */
final class LiveScreen implements DemoScreen {

  private final PrintStream out;
  private final Style style;
  private boolean staying;
  private int linesShown;

  LiveScreen(DemoOptions options) {
    this.out = options.out();
    this.style = options.style();
  }

  @Override
  public void open(String description) {
    out.println(style.bold("dataplane demo") + ": " + description);
    out.println();
    out.println("    host A ──── dp0 ═══[ dataplane · bridge br0 ]═══ dp1 ──── host B");
    out.println("  10.64.0.1                                               10.64.0.2");
    out.println();
  }

  @Override
  public void draw(Picture picture) {
    List<String> lines = new ArrayList<>();
    if (!staying) {
      picture.steps().forEach(step -> lines.add(step(step)));
      lines.add("");
    }
    lines.add(style.bold("  PORT    IN frames/s      bit/s    OUT frames/s      bit/s    DROPPED"));
    picture.sample().ports().forEach(port -> lines.add(port(port)));
    lines.add("");
    lines.add(
        style.faint(
            String.format(
                Locale.ROOT,
                "  worker %s busy · %d of %d frames free · %d addresses learned · %.0f s",
                Human.percent(picture.sample().busyShare()),
                picture.framesFree(),
                picture.frames(),
                picture.addresses(),
                picture.seconds())));
    show(lines);
  }

  private void show(List<String> lines) {
    StringBuilder screen = new StringBuilder();
    if (linesShown > 0) {
      // Cursor up to where the last picture began, and clear from there on (ECMA-48: CUU, ED).
      screen.append("\u001b[").append(linesShown).append("A\u001b[J");
    }
    lines.forEach(line -> screen.append(line).append('\n'));
    out.print(screen);
    out.flush();
    linesShown = lines.size();
  }

  private String step(DemoStep step) {
    String mark =
        switch (step.state()) {
          case WAITING -> style.faint("·");
          case RUNNING -> style.yellow("▸");
          case PASSED -> style.green("✓");
          case FAILED -> style.red("✗");
        };
    String title = "%-32s".formatted(step.title());
    boolean waits = step.state() == State.WAITING;
    return "  " + mark + " " + (waits ? style.faint(title) : title) + " " + step.result();
  }

  private static String port(Rates.Port port) {
    return "  %-6s %12s %10s %15s %10s %10d"
        .formatted(
            port.name(),
            Human.rate(port.inFrames()),
            Human.rate(port.inBits()),
            Human.rate(port.outFrames()),
            Human.rate(port.outBits()),
            port.drops());
  }

  @Override
  public void stepEnded(DemoStep step) {
    // The next picture shows it.
  }

  @Override
  public void staying(List<String> hints) {
    // Above what is drawn again and again: a line that is too long for the terminal takes two.
    out.println();
    out.println("  The daemon goes on until Ctrl-C. To look at it, in another terminal:");
    hints.forEach(hint -> out.println("    " + style.bold(hint)));
    out.println();
    staying = true;
    linesShown = 0;
  }

  @Override
  public void close(String summary, boolean worked) {
    out.println();
    out.println("  " + (worked ? style.green(summary) : style.red(summary)));
  }

  @Override
  public boolean isGone() {
    return out.checkError();
  }
}
