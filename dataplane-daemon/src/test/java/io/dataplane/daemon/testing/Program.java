package io.dataplane.daemon.testing;

import io.dataplane.daemon.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code dataplane} as a process of its own, run from the test's classes. */
public final class Program implements AutoCloseable {

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();

  private Program(Process process) {
    this.process = process;
    collect(process.getInputStream(), out);
    collect(process.getErrorStream(), err);
  }

  /** Runs it in a network namespace of its own, so that names of interfaces and ports are free. */
  public static Program inNamespace(String... args) throws IOException {
    List<String> unshare =
        isRoot()
            ? List.of("unshare", "--net")
            : List.of("unshare", "--user", "--map-root-user", "--net");
    return start(unshare, Map.of(), args);
  }

  /** Runs it. */
  public static Program start(List<String> wrapper, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(List.of(java(Main.class, args)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new Program(builder.start());
  }

  /** The command that runs a class in a JVM like the test's. */
  public static String[] java(Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(args));
    return command.toArray(String[]::new);
  }

  /** Starts a command in this process's network namespace; the caller ends it. */
  public Process enter(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "--net", "--target", Long.toString(pid())));
    if (!isRoot()) {
      all.addAll(List.of("--user", "--preserve-credentials"));
    }
    all.addAll(List.of(command));
    return new ProcessBuilder(all).redirectErrorStream(true).start();
  }

  /** Runs a command in this process's network namespace. */
  public void inside(String... command) throws IOException, InterruptedException {
    Process process = enter(command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + said);
    }
  }

  /** Skips the test, or fails it, where such a namespace cannot be had. */
  public static void requireNamespaces() throws IOException, InterruptedException {
    Tools.require("unshare");
    Tools.require("ip");
    List<String> trial = new ArrayList<>(List.of("unshare"));
    if (!isRoot()) {
      trial.addAll(List.of("--user", "--map-root-user"));
    }
    trial.addAll(List.of("--net", "ip", "tuntap", "add", "dev", "dptest", "mode", "tap"));
    Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Tools.require(
        process.waitFor() == 0, "no TAP interface in a network namespace: " + said.strip());
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void collect(InputStream stream, List<String> lines) {
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
          } catch (IOException | UncheckedIOException e) {
            lines.add("(" + e + ")");
          }
        });
  }

  /** Lines on stdout so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** Lines on stderr so far. */
  public List<String> err() {
    return List.copyOf(err);
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** Sends a signal by its name. */
  public void signal(String name) throws IOException, InterruptedException {
    int _ = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Waits for the line {@code ready}; fails with what it said where that does not come. */
  public void awaitReady() throws InterruptedException {
    Eventually.holds(() -> out.contains("ready") || !process.isAlive());
    if (!out.contains("ready")) {
      throw new AssertionError("not ready: " + out + err);
    }
  }

  /** Waits for its end; only a hung one takes longer than this. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + out + err);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
