package io.dataplane.runtime;

/** Waits to the end, whatever interrupts arrive; the thread is interrupted again afterwards. */
final class Uninterruptibly {

  private Uninterruptibly() {}

  /** Something that waits. */
  @FunctionalInterface
  interface Waiting<E extends Exception> {
    void await() throws InterruptedException, E;
  }

  static <E extends Exception> void run(Waiting<E> waiting) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          waiting.await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
