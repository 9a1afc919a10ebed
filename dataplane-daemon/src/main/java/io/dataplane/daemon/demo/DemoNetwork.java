package io.dataplane.daemon.demo;

import io.dataplane.runtime.Dataplane;
import java.io.IOException;
import java.util.List;

/** Two hosts with the daemon between them. */
interface DemoNetwork extends AutoCloseable {

  /** One of the two hosts. */
  enum Host {
    /** Behind the first port. */
    A,
    /** Behind the second. */
    B;

    Host other() {
      return this == A ? B : A;
    }
  }

  /** What there is, in a line for people. */
  String description();

  /** The stack that the frames go through. */
  Dataplane dataplane();

  /** The daemon's devices, the first host's first. */
  List<String> ports();

  /** Something that goes on between the hosts. */
  interface Traffic {
    /** Whether it has come to its end. */
    boolean isOver();

    /** Pings that were answered, or bytes that have arrived. */
    long done();

    /** Pings that were sent; 0 where that makes no sense. */
    long tried();

    /** Median of the round trips so far, in microseconds; 0 where there are none. */
    long medianMicros();
  }

  /**
   * Has the first host ping the second.
   *
   * @param count how many pings, {@link DemoScript#PING_INTERVAL_MS} apart
   */
  Traffic ping(int count) throws IOException;

  /** Has a host send to the other as fast as it can. */
  Traffic send(Host from, long durationMs) throws IOException;

  /** What to type to look at it from outside, a line each; {@code socket} is the daemon's. */
  List<String> hints();

  @Override
  void close();
}
