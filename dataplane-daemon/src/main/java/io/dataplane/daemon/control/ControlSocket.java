package io.dataplane.daemon.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket and its name in the file system.
 *
 * <p>A socket's mode comes from the umask, and others could connect between bind(2) and chmod(2).
 * So it is made in a folder that nobody else can enter, set to 0600 there, and then moved to its
 * real name.
 */
final class ControlSocket implements AutoCloseable {

  private static final int BACKLOG = 16;

  private final Path path;
  private final ServerSocketChannel listener;
  private final Object inode;
  private final boolean madeFolder;

  private ControlSocket(Path path, ServerSocketChannel listener, Object inode, boolean madeFolder) {
    this.path = path;
    this.listener = listener;
    this.inode = inode;
    this.madeFolder = madeFolder;
  }

  /**
   * Makes the socket, replacing one that a dead daemon left behind.
   *
   * @throws ControlException if a living daemon answers there, something else is there, or rights
   *     are missing
   */
  static ControlSocket bind(Path path) throws ControlException {
    Path folder =
        Objects.requireNonNull(path.toAbsolutePath().getParent(), "a socket needs a name");
    try {
      boolean madeFolder = !Files.isDirectory(folder);
      Files.createDirectories(folder);
      try (StartLock _ = StartLock.take(path)) {
        refuseIfTaken(path);
        return publish(path, folder, madeFolder);
      }
    } catch (ControlException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new ControlException(
          "cannot make the control socket "
              + path
              + ": permission denied on "
              + e.getFile()
              + "; run as root, or set `control: { socket: PATH }` to a place where this user may"
              + " write",
          e);
    } catch (IOException e) {
      throw new ControlException(
          "cannot make the control socket " + path + ": " + Describe.cause(e), e);
    }
  }

  /** Goes on where there is nothing, or a socket that nobody listens on. */
  private static void refuseIfTaken(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new ControlException(
          "cannot make the control socket: "
              + path
              + " is there and is no socket; remove it, or set"
              + " `control: { socket: PATH }` to another place");
    }
    if (SocketProbe.isAlive(path)) {
      throw new ControlException(
          "another dataplane is running"
              + SocketProbe.identity(path)
              + " and answers on "
              + path
              + "; stop it, or set `control: { socket: PATH }` to another place");
    }
  }

  private static ControlSocket publish(Path path, Path folder, boolean madeFolder)
      throws IOException {
    Path hidden = HiddenFolder.create(folder);
    Path unnamed = hidden.resolve("s");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(unnamed), BACKLOG);
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
      Object inode = inode(unnamed);
      // Over the socket of a dead daemon, if there is one.
      Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
      return new ControlSocket(path, listener, inode, madeFolder);
    } catch (IOException e) {
      Quietly.close(listener);
      throw e;
    } finally {
      Files.deleteIfExists(unnamed);
      Files.deleteIfExists(hidden);
    }
  }

  private static Object inode(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey(),
        "every file system that has sockets has inodes");
  }

  Path path() {
    return path;
  }

  SocketChannel accept() throws IOException {
    return listener.accept();
  }

  /**
   * Stops listening and removes the name, if it is still ours, and the folder, if it was made for
   * it.
   */
  @Override
  public void close() {
    Quietly.close(listener);
    try {
      if (inode.equals(inode(path))) {
        Files.delete(path);
      }
      @Nullable Path folder = path.toAbsolutePath().getParent();
      if (madeFolder && folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException _) {
      // Somebody removed the name before us, or uses the folder too.
    }
  }
}
