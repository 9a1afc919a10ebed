package io.dataplane.daemon.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The other end of a {@link HostAgent}'s stdin and stdout. */
final class HostProcess implements AutoCloseable {

  private static final int PATIENCE_S = 20;
  private static final String END = "error the host's process ended";

  private final String name;
  private final Process process;
  private final OutputStream commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private HostProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.commands = process.getOutputStream();
  }

  /** Starts a host in a new network namespace. */
  static HostProcess start(String name) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net"));
    command.addAll(
        Commands.java(
            // Small and quick to start; the work is done by the kernel.
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            HostAgent.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    HostProcess host = new HostProcess(name, process);
    Thread.ofVirtual().name("demo-" + name).start(host::listen);
    return host;
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException _) {
      // The same as the end.
    }
    answers.add(END);
  }

  /** The process, which stands for its network namespace. */
  long pid() {
    return process.pid();
  }

  void tell(String command) throws IOException {
    commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
    commands.flush();
  }

  /** Tells, and waits for ok. */
  void order(String command) throws IOException {
    tell(command);
    try {
      String answer = answers.poll(PATIENCE_S, TimeUnit.SECONDS);
      if (!"ok".equals(answer)) {
        throw new IOException(name + ": " + (answer == null ? "no answer to " + command : answer));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What it said that has not been read yet; null for nothing. */
  @Nullable String hear() throws IOException {
    String answer = answers.poll();
    if (answer != null && answer.startsWith("error ")) {
      throw new IOException(name + ": " + answer.substring("error ".length()));
    }
    return answer;
  }

  /** Ends it, and its namespace. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
