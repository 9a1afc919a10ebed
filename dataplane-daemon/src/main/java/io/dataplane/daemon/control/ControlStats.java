package io.dataplane.daemon.control;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the control socket has done so far; counted and read by any thread. */
public final class ControlStats {

  final AtomicInteger clients = new AtomicInteger();
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong timedOut = new AtomicLong();
  final AtomicLong requests = new AtomicLong();
  final AtomicLong failures = new AtomicLong();

  /** Counters at zero; they are made before the server, for handlers and metrics to read. */
  public ControlStats() {}

  /** Clients that are connected now. */
  public int clients() {
    return clients.get();
  }

  /** Clients that were let in. */
  public long accepted() {
    return accepted.get();
  }

  /** Clients that were sent away because the limit was reached. */
  public long refused() {
    return refused.get();
  }

  /** Clients that were cut off because they neither asked nor took their answer. */
  public long timedOut() {
    return timedOut.get();
  }

  /** Requests, well-formed or not. */
  public long requests() {
    return requests.get();
  }

  /** Requests that were answered with an error. */
  public long failures() {
    return failures.get();
  }
}
