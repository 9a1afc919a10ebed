package io.dataplane.daemon.demo;

import io.dataplane.daemon.demo.DemoNetwork.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Traffic as the lines of a {@link HostAgent} tell of it. */
final class HostTraffic implements Traffic {

  private final HostProcess reporter;
  private final List<Long> roundTripsMicros = new ArrayList<>();
  private long bytes;
  private long tried;
  private boolean over;

  HostTraffic(HostProcess reporter) {
    this.reporter = reporter;
  }

  private void update() {
    try {
      for (String line = reporter.hear();
          line != null && !over;
          line = over ? null : reporter.hear()) {
        take(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    if (line.equals("over")) {
      over = true;
    } else if (line.equals("lost")) {
      tried++;
    } else if (line.startsWith("rtt ")) {
      tried++;
      roundTripsMicros.add(Long.parseLong(line.substring("rtt ".length())));
    } else if (line.startsWith("bytes ")) {
      bytes = Long.parseLong(line.substring("bytes ".length()));
    }
  }

  @Override
  public boolean isOver() {
    update();
    return over;
  }

  @Override
  public long done() {
    update();
    return tried > 0 ? roundTripsMicros.size() : bytes;
  }

  @Override
  public long tried() {
    update();
    return tried;
  }

  @Override
  public long medianMicros() {
    update();
    return Median.of(roundTripsMicros);
  }
}
