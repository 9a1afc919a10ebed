package io.dataplane.testing;

import io.dataplane.base.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that tests move, from any thread; it may also tick by itself at each look. */
public final class TestClock implements Clock {

  private final AtomicLong nowNs = new AtomicLong();
  private final long tickNs;

  /** A clock that stands still. */
  public TestClock() {
    this(0);
  }

  /** A clock that goes on by {@code tickNs} at each look. */
  public TestClock(long tickNs) {
    this.tickNs = tickNs;
  }

  @Override
  public long nanoTime() {
    return nowNs.addAndGet(tickNs);
  }

  /** Moves time forward. */
  public void advance(long ns) {
    nowNs.addAndGet(ns);
  }
}
