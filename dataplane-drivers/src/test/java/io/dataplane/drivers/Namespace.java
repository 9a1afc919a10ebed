package io.dataplane.drivers;

import io.dataplane.drivers.nativeio.HostCalls;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A network namespace of a test's own, so that no traffic leaves it. */
public final class Namespace implements AutoCloseable {

  private final String name;

  private Namespace(String name) {
    this.name = name;
  }

  /**
   * Makes one, without IPv6, which would send frames by itself.
   *
   * @param device a device's name that is in use once on this machine, to be named after
   * @return to be closed
   */
  public static Namespace named(String device) {
    Namespace made = new Namespace("dp-" + device);
    Command.ip("netns add " + made.name);
    made.run("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
    return made;
  }

  /**
   * Its name.
   *
   * @return as {@code ip netns} lists it
   */
  public String name() {
    return name;
  }

  /**
   * Moves a device into it.
   *
   * @param device where it is now: this process's namespace
   */
  public void take(String device) {
    Command.ip("link set " + device + " netns " + name);
  }

  /**
   * Runs {@code ip} in it.
   *
   * @param line its arguments
   * @return what it printed
   */
  public String ip(String line) {
    return Command.ip("-n " + name + " " + line);
  }

  /**
   * Runs a program in it.
   *
   * @param line the program and its arguments
   * @return what it printed
   */
  public String run(String line) {
    return Command.ip("netns exec " + name + " " + line);
  }

  /**
   * Does something of this process in it; sockets that it opens stay there.
   *
   * @param task what to do, on a thread of its own
   * @return what the task returned
   */
  public <T> T inside(Callable<T> task) {
    FutureTask<T> future =
        new FutureTask<>(() -> {
          HostCalls.enterNetworkNamespace("/run/netns/" + name);
          return task.call();
        });
    Thread.ofPlatform().daemon().name("in-" + name).start(future);
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError("in " + name, e.getCause());
    }
  }

  @Override
  public void close() {
    Command.ip("netns del " + name);
  }
}
