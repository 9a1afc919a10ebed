package io.dataplane.napi;

/** Who polls NAPI instances: a worker. */
@FunctionalInterface
public interface NapiScheduler {

  /**
   * Enters an instance whose state has just become scheduled into the poll list. Any thread.
   *
   * @param napi the instance
   */
  void enqueue(Napi napi);
}
