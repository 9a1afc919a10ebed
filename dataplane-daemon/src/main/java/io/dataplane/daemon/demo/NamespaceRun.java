package io.dataplane.daemon.demo;

import io.dataplane.daemon.run.Signals;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts this very command line again in namespaces of its own, by unshare(1): a JVM has many
 * threads, and a process with threads cannot enter a user namespace. Root needs a network namespace
 * only; others also a user namespace, in which they are root.
 */
final class NamespaceRun {

  private static final String STAGE = "DATAPLANE_DEMO_STAGE";
  private static final String REAL_ROOT = "root";
  private static final Path TUN = Path.of("/dev/net/tun");
  private static final long PATIENCE_S = 3;

  private NamespaceRun() {}

  /** Whether this process is the one that was started again. */
  static boolean isInside(Map<String, String> environment) {
    return environment.containsKey(STAGE);
  }

  /** Whether it was root before it was started again. */
  static boolean isRealRoot(Map<String, String> environment) {
    return REAL_ROOT.equals(environment.get(STAGE));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static List<String> unshare() throws IOException {
    return isRoot()
        ? List.of("unshare", "--net")
        : List.of("unshare", "--user", "--map-root-user", "--net");
  }

  /** What keeps this machine from it; empty where nothing does. */
  static Optional<Obstacle> obstacle() throws IOException {
    for (String program : List.of("unshare", "ip")) {
      if (!Commands.exists(program)) {
        return Optional.of(
            new Obstacle(
                "the program `" + program + "` is not installed",
                List.of(
                    "sudo apt install util-linux iproute2     (or what they are called here)")));
      }
    }
    Optional<Obstacle> closed = tunObstacle();
    return closed.isPresent() ? closed : namespaceObstacle();
  }

  private static Optional<Obstacle> tunObstacle() {
    try (FileChannel _ = FileChannel.open(TUN, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(new Obstacle(TUN + " is missing", List.of("sudo modprobe tun")));
    } catch (IOException e) {
      return Optional.of(
          new Obstacle(
              TUN + " is closed to this user",
              List.of(
                  "sudo bin/dataplane demo",
                  "sudo chmod 0666 /dev/net/tun       (open to all until the next boot; it gives no"
                      + " rights by itself)",
                  "echo 'KERNEL==\"tun\", MODE=\"0666\"' | sudo tee /etc/udev/rules.d/60-tun.rules "
                      + "      (for good)")));
    }
  }

  private static Optional<Obstacle> namespaceObstacle() throws IOException {
    List<String> trial = new ArrayList<>(unshare());
    trial.add("true");
    try {
      Commands.run(trial.toArray(String[]::new));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Obstacle(
              "this machine allows no namespace of one's own (" + e.getMessage() + ")",
              List.of("sudo bin/dataplane demo")));
    }
  }

  /**
   * Starts the command line again, inside, and waits for its end.
   *
   * @return whether it ended with status 0
   */
  static boolean again() throws IOException, InterruptedException {
    Signals signals = Signals.take();
    List<String> command = new ArrayList<>(unshare());
    String self = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
    command.addAll(List.of(self.substring(0, self.length() - 1).split("\0", -1)));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(STAGE, isRoot() ? REAL_ROOT : "user");
    Process inside = builder.start();
    while (!inside.waitFor(100, TimeUnit.MILLISECONDS)) {
      if (signals.isAsked()) {
        return end(inside);
      }
    }
    return inside.exitValue() == 0;
  }

  /**
   * Ctrl-C reaches both processes; a signal to this one alone is passed on, once it is clear that
   * it was alone.
   */
  private static boolean end(Process inside) throws InterruptedException {
    if (!inside.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      inside.destroy();
      if (!inside.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        inside.destroyForcibly();
      }
    }
    return inside.waitFor() == 0;
  }

  /** Ends this process when the one that started it is killed, so that nothing is left behind. */
  static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(NamespaceRun::endWith);
  }

  private static void endWith(ProcessHandle parent) {
    var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }
}
