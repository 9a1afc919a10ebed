package io.dataplane.device;

/** Who is told that frames wait in a queue. Called from any thread. */
@FunctionalInterface
public interface RxNotifier {
  /** Frames wait. */
  void arrived();
}
