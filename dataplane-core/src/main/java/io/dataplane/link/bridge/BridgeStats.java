package io.dataplane.link.bridge;

import io.dataplane.base.Counter;

/** What a bridge has done on one worker; counted there, read by any thread. */
final class BridgeStats {
  final Counter forwarded = new Counter();
  final Counter flooded = new Counter();
  final Counter learned = new Counter();
  final Counter moved = new Counter();
  final Counter tableFull = new Counter();
  final Counter staticViolations = new Counter();
}
