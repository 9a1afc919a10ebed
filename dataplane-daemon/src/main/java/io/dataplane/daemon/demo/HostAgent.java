package io.dataplane.daemon.demo;

import io.dataplane.base.Clock;
import io.dataplane.daemon.run.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host of the demonstration: a process in a network namespace of its own, which does as it is
 * told on stdin and answers on stdout, a line each. It ends when stdin does, and its namespace with
 * it.
 *
 * <pre>
 *   ready                    ok              says that its namespace is there
 *   up IF ADDRESS/LEN        ok              gives the interface an address
 *   ping ADDRESS COUNT MS    rtt MICROS | lost, for each; then over
 *   listen PORT              ok              takes TCP connections and forgets what they bring
 *   send ADDRESS PORT MS     bytes N, now and then; then over
 * </pre>
 *
 * What goes wrong is answered with {@code error} and the reason.
 */
public final class HostAgent {

  private static final int PING_TIMEOUT_MS = 1_000;
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long REPORT_NS = 100_000_000;

  private final PrintStream out = System.out;
  private final Clock clock = Clock.system();

  private HostAgent() {}

  /** Obeys until stdin ends. */
  public static void main(String[] args) throws IOException {
    Signals _ =
        Signals.take(); // Ctrl-C reaches every process of the terminal, and this one ends with its
    // master
    HostAgent agent = new HostAgent();
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        agent.obey(List.of(line.split(" ", -1)));
      }
    }
  }

  private void obey(List<String> words) {
    try {
      switch (words.getFirst()) {
        case "ready" -> say("ok");
        case "up" -> up(words.get(1), words.get(2));
        case "ping" -> ping(words.get(1), number(words.get(2)), number(words.get(3)));
        case "listen" -> listen(number(words.get(1)));
        case "send" -> send(words.get(1), number(words.get(2)), number(words.get(3)));
        default -> say("error unknown command " + words.getFirst());
      }
    } catch (IOException | RuntimeException e) {
      say("error " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private void up(String device, String address) throws IOException {
    Commands.run("ip", "link", "set", "lo", "up");
    Commands.run("ip", "address", "add", address, "dev", device);
    Commands.run("ip", "link", "set", device, "up");
    say("ok");
  }

  /**
   * Real ICMP echo: the JDK sends it where it may open a raw socket, as root of a namespace may.
   */
  private void ping(String address, int count, int intervalMs)
      throws IOException, InterruptedException {
    InetAddress peer = InetAddress.ofLiteral(address);
    for (int i = 0; i < count; i++) {
      long startNs = clock.nanoTime();
      boolean answered = peer.isReachable(PING_TIMEOUT_MS);
      long tookNs = clock.nanoTime() - startNs;
      say(answered ? "rtt " + TimeUnit.NANOSECONDS.toMicros(tookNs) : "lost");
      TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(intervalMs) - tookNs);
    }
    say("over");
  }

  private void listen(int port) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(port));
    Thread.ofPlatform().daemon().start(() -> serve(server));
    say("ok");
  }

  private void serve(ServerSocketChannel server) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    while (true) {
      try (SocketChannel peer = server.accept()) {
        long bytes = 0;
        long reportedNs = clock.nanoTime();
        for (int n = peer.read(buffer.clear()); n >= 0; n = peer.read(buffer.clear())) {
          bytes += n;
          if (clock.nanoTime() - reportedNs >= REPORT_NS) {
            reportedNs = clock.nanoTime();
            say("bytes " + bytes);
          }
        }
        say("bytes " + bytes);
        say("over");
      } catch (IOException e) {
        say("error " + e.getMessage());
      }
    }
  }

  private void send(String address, int port, int durationMs) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (SocketChannel peer = SocketChannel.open()) {
      peer.socket().connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MS);
      long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
      while (clock.nanoTime() - endNs < 0) {
        int _ = peer.write(zeros.clear());
      }
    }
    say("over");
  }
}
