package io.dataplane.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The socket's name: private from the start, never stolen from the living, always taken from the
 * dead.
 */
class ControlSocketTest {

  @TempDir Path folder;

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void leaveDeadSocket(Path path) throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
  }

  private static ControlServer startAnswering(Path path) throws ControlException {
    Map<String, RequestHandler> handlers = Map.of("status", _ -> Map.of("pid", 4711));
    return ControlServer.start(path, ControlLimits.DEFAULT, new ControlStats(), handlers);
  }

  @Test
  void onlyTheOwnerMayConnect() throws Exception {
    Path path = folder.resolve("run/control.sock");
    try (ControlSocket socket = ControlSocket.bind(path)) {
      assertThat(socket.path()).isEqualTo(path);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      assertThat(list(folder.resolve("run"))).containsExactly(path);
    }
    assertThat(list(folder)).isEmpty();
  }

  @Test
  void aFolderThatWasThereStays() throws Exception {
    ControlSocket.bind(folder.resolve("control.sock")).close();
    assertThat(list(folder)).isEmpty();
    assertThat(folder).isDirectory();
  }

  @Test
  void aDeadSocketIsReplaced() throws Exception {
    Path path = folder.resolve("control.sock");
    leaveDeadSocket(path);
    assertThat(path).exists();

    try (ControlSocket _ = ControlSocket.bind(path)) {
      assertThat(SocketProbe.isAlive(path)).isTrue();
      assertThat(list(folder)).containsExactly(path);
    }
  }

  @Test
  void aLivingDaemonIsNamed() throws Exception {
    Path path = folder.resolve("control.sock");
    try (ControlServer _ = startAnswering(path)) {
      assertThatThrownBy(() -> ControlSocket.bind(path))
          .isInstanceOf(ControlException.class)
          .hasMessageStartingWith(
              "another dataplane is running (process 4711) and answers on " + path + "; stop it");
      assertThat(SocketProbe.isAlive(path)).isTrue();
    }
  }

  @Test
  void anotherProgramThatNeverAnswersIsLeftAlone() throws Exception {
    Path path = folder.resolve("control.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path), 1);
      assertThatThrownBy(() -> ControlSocket.bind(path))
          .hasMessageContaining("another dataplane is running");
      // And so it is when its backlog is full.
      assertThatThrownBy(() -> ControlSocket.bind(path))
          .hasMessageContaining("another dataplane is running");
      assertThatThrownBy(() -> ControlSocket.bind(path))
          .hasMessageContaining("another dataplane is running");
      assertThat(path).exists();
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path path = Files.writeString(folder.resolve("control.sock"), "precious");
    assertThatThrownBy(() -> ControlSocket.bind(path))
        .hasMessageContaining("is there and is no socket");
    assertThat(path).hasContent("precious");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> ControlSocket.bind(file.resolve("control.sock")))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void onlyOneOfManyThatStartTogetherWins() throws Exception {
    Path path = folder.resolve("control.sock");
    for (int round = 0; round < 50; round++) {
      leaveDeadSocket(path);
      List<ControlServer> winners =
          Stream.generate(() -> path)
              .limit(8)
              .parallel()
              .flatMap(ControlSocketTest::tryStart)
              .toList();
      assertThat(winners).hasSize(1);
      assertThat(SocketProbe.isAlive(path)).isTrue();
      assertThat(list(folder)).containsExactly(path);
      winners.getFirst().close();
    }
  }

  private static Stream<ControlServer> tryStart(Path path) {
    try {
      return Stream.of(startAnswering(path));
    } catch (ControlException e) {
      return Stream.empty();
    }
  }

  @Test
  void aNameThatSomebodyElseTookIsNotRemoved() throws Exception {
    Path path = folder.resolve("control.sock");
    try (ControlSocket _ = ControlSocket.bind(path)) {
      Files.delete(path);
      Files.writeString(path, "another's");
    }
    assertThat(path).hasContent("another's");
  }

  @Test
  void clientsAreToldWhyTheyCannotConnect() throws Exception {
    Path path = folder.resolve("control.sock");
    Duration patience = Duration.ofSeconds(1);
    assertThatThrownBy(() -> ControlClient.connect(path, patience))
        .hasMessage("no daemon listens on " + path + ": there is no such socket");
    leaveDeadSocket(path);
    assertThatThrownBy(() -> ControlClient.connect(path, patience))
        .hasMessage("no daemon listens on " + path + ": it ended and left the socket behind");
  }
}
