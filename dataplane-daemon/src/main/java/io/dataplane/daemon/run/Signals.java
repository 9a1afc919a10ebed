package io.dataplane.daemon.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM, SIGINT and SIGHUP as a request to end. The JVM's own way would end with status 143 or
 * 130 and run what closes the daemon in a shutdown hook; taken here, the main thread closes it and
 * ends with status 0. A second one ends the process at once.
 */
public final class Signals {

  /** What shells report of a process that SIGINT killed. */
  private static final int STATUS_KILLED = 130;

  private final CountDownLatch asked = new CountDownLatch(1);

  private Signals() {}

  /** Takes the signals from now on, until the process ends. */
  public static Signals take() {
    Signals signals = new Signals();
    List.of("TERM", "INT", "HUP").forEach(name -> handle(name, signals::ask));
    return signals;
  }

  /**
   * {@code sun.misc.Signal.handle(new Signal(name), _ -> action.run())}. The class is of the
   * supported module {@code jdk.unsupported}, but javac warns of its mere name, which nothing can
   * suppress and our build does not forgive.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (_, method, _) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM takes no SIG" + name, e);
    }
  }

  private void ask() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(STATUS_KILLED);
    }
    asked.countDown();
  }

  /** Waits until the process is asked to end. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /**
   * Waits for a while.
   *
   * @return whether the process was asked to end
   */
  public boolean await(long timeoutMs) throws InterruptedException {
    return asked.await(timeoutMs, TimeUnit.MILLISECONDS);
  }

  /** Whether the process was asked to end. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }
}
