package io.dataplane.daemon.demo;

/**
 * A step of the play.
 *
 * @param title what is shown
 * @param state how far it is
 * @param result what has come of it so far
 */
record DemoStep(String title, State state, String result) {

  /** How far a step is. */
  enum State {
    /** Not begun. */
    WAITING,
    /** Going on, or stopped by the user. */
    RUNNING,
    /** Done, as it should. */
    PASSED,
    /** Done, and not as it should. */
    FAILED
  }

  static DemoStep waiting(String title) {
    return new DemoStep(title, State.WAITING, "");
  }

  DemoStep now(State newState, String newResult) {
    return new DemoStep(title, newState, newResult);
  }
}
