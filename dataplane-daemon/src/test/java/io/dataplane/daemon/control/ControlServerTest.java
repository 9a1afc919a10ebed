package io.dataplane.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dataplane.daemon.testing.Eventually;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that behave, and clients that do not. */
class ControlServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ControlLimits LIMITS =
      new ControlLimits(3, 1_000, Duration.ofMinutes(1), Duration.ofMillis(300));

  /** More than the kernel's buffers of a Unix domain socket hold. */
  private static final String LARGE = "x".repeat(8 << 20);

  @TempDir Path folder;
  private final ControlStats stats = new ControlStats();
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(LIMITS);
  }

  private ControlServer start(ControlLimits limits) throws IOException {
    return ControlServer.start(
        folder.resolve("c.sock"),
        limits,
        stats,
        Map.of(
            "status", _ -> Map.of("pid", ProcessHandle.current().pid()),
            "greet", args -> Map.of("greeting", "hello " + args.text("name").orElse("you")),
            "large", _ -> LARGE,
            "missing",
                _ -> {
                  throw new RequestException(RequestException.NOT_FOUND, "there is none");
                },
            "broken",
                _ -> {
                  throw new IllegalStateException("a fault of ours");
                }));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ControlClient connect() throws IOException {
    return ControlClient.connect(server.path(), PATIENCE);
  }

  private SocketChannel connectRaw() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      int _ = channel.write(bytes);
    }
  }

  private static JsonNode receive(SocketChannel channel) throws IOException {
    String line = new LineReader(channel, 100_000).next();
    return Json.mapper().readTree(line == null ? "null" : line);
  }

  private void assertStillAnswers() throws Exception {
    try (ControlClient client = connect()) {
      assertThat(client.request("greet").path("greeting").asText()).isEqualTo("hello you");
    }
  }

  @Test
  void requestsAreAnsweredOneAfterAnother() throws Exception {
    try (ControlClient client = connect()) {
      assertThat(client.request("greet", Map.of("name", "Ada")).path("greeting").asText())
          .isEqualTo("hello Ada");
      assertThat(client.request("large").asText()).isEqualTo(LARGE);
      assertThat(client.request("greet").path("greeting").asText()).isEqualTo("hello you");
    }
    assertThat(stats.requests()).isEqualTo(3);
    assertThat(stats.failures()).isZero();
  }

  @Test
  void severalRequestsMayComeInOnePacket() throws Exception {
    try (SocketChannel channel = connectRaw()) {
      send(
          channel,
          "{\"request\":\"greet\"}\n\n{\"request\":\"greet\",\"args\":{\"name\":\"a\"}}\n{\"req");
      LineReader lines = new LineReader(channel, 1_000);
      assertThat(lines.next()).isEqualTo("{\"ok\":true,\"result\":{\"greeting\":\"hello you\"}}");
      assertThat(lines.next()).isEqualTo("{\"ok\":true,\"result\":{\"greeting\":\"hello a\"}}");
      send(channel, "uest\":\"greet\"}\r\n");
      assertThat(lines.next()).contains("hello you");
    }
  }

  @Test
  void refusalsCarryCodeAndMessage() throws Exception {
    try (ControlClient client = connect()) {
      assertThatThrownBy(() -> client.request("missing"))
          .isInstanceOfSatisfying(
              RequestException.class, e -> assertThat(e.code()).isEqualTo("not_found"))
          .hasMessage("there is none");
      assertThatThrownBy(() -> client.request("gret"))
          .hasMessage(
              "unknown request `gret`; this daemon knows broken, greet, large, missing, status");
      assertThatThrownBy(() -> client.request("broken"))
          .hasMessage("the daemon failed to answer; its log says more");
      assertThat(client.request("greet").path("greeting").asText()).isEqualTo("hello you");
    }
    assertThat(stats.failures()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | bad_request",
        "{} | bad_request",
        "[] | bad_request",
        "null | bad_request",
        "{\"request\": 1 | bad_request",
        "{\"request\": {}} | bad_request",
        "{\"request\": \"greet\", \"args\": {\"name\": 1}} | bad_request",
        "{\"request\": \"greet\"} {} | bad_request",
        "[[[[[[[[[[[[[[[[[[[[[[ | bad_request",
        "{\"request\": \"no\"} | unknown_request",
      })
  void whatIsNoRequestIsRefusedAndTheClientMayGoOn(String line, String code) throws Exception {
    try (SocketChannel channel = connectRaw()) {
      send(channel, line + "\n");
      assertThat(receive(channel).at("/error/code").asText()).isEqualTo(code);
      send(channel, "{\"request\":\"greet\"}\n");
      assertThat(receive(channel).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void aLineWithoutEndIsCutOff() throws Exception {
    try (SocketChannel channel = connectRaw()) {
      send(channel, "a".repeat(LIMITS.lineBytesMax() + 1));
      JsonNode reply = receive(channel);
      assertThat(reply.at("/error/message").asText())
          .isEqualTo("a request may have at most 1000 bytes");
      assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
    }
    assertStillAnswers();
  }

  @Test
  void theNumberOfClientsIsBounded() throws Exception {
    List<ControlClient> clients = new ArrayList<>();
    for (int i = 0; i < LIMITS.clientsMax(); i++) {
      clients.add(connect());
      clients.getLast().request("greet");
    }
    try (SocketChannel oneTooMany = connectRaw()) {
      assertThat(receive(oneTooMany).at("/error/code").asText()).isEqualTo("busy");
      assertThat(oneTooMany.read(ByteBuffer.allocate(1))).isNegative();
    }
    assertThat(stats.refused()).isEqualTo(1);
    assertThat(stats.clients()).isEqualTo(LIMITS.clientsMax());

    clients.forEach(ControlClient::close);
    Eventually.holds(() -> stats.clients() == 0);
    assertStillAnswers();
  }

  @Test
  void aClientThatTakesNoAnswerIsCutOff() throws Exception {
    try (SocketChannel channel = connectRaw()) {
      send(channel, "{\"request\":\"large\"}\n");
      assertStillAnswers();
      Eventually.holds(() -> stats.timedOut() == 1);
      Eventually.holds(() -> stats.clients() == 0);
    }
  }

  @Test
  void aClientThatAsksNothingLosesItsPlace() throws Exception {
    server.close();
    server = start(new ControlLimits(1, 1_000, Duration.ofMillis(100), PATIENCE));
    try (SocketChannel channel = connectRaw()) {
      send(channel, "{\"request\":");
      Eventually.holds(() -> stats.timedOut() == 1);
      Eventually.holds(() -> stats.clients() == 0);
    }
    assertStillAnswers();
  }

  @Test
  void clientsThatVanishLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (SocketChannel channel = connectRaw()) {
        send(channel, i % 2 == 0 ? "{\"request\":\"large\"}\n" : "{\"requ");
      } catch (IOException _) {
        // The server may have sent us away already; that is part of the game.
      }
    }
    Eventually.holds(() -> stats.clients() == 0);
    assertStillAnswers();
  }

  @Test
  void closingCutsClientsOff() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (SocketChannel channel = connectRaw()) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              int _ = channel.read(ByteBuffer.allocate(1));
            } catch (IOException _) {
              // An error is an end too.
            }
            ended.countDown();
          });
      Eventually.holds(() -> stats.clients() == 1);
      server.close();
      ended.await();
    }
  }

  @Test
  void aDaemonThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
    Path silent = folder.resolve("silent.sock");
    try (var listener = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(silent));
      try (ControlClient client = ControlClient.connect(silent, Duration.ofMillis(50))) {
        assertThatThrownBy(() -> client.request("status"))
            .isInstanceOf(ControlException.class)
            .hasMessageContaining("does not answer within");
      }
    }
  }
}
