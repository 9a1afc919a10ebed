package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Keeps two daemons that start together from taking each other's socket for one that was left
 * behind. A lock of the kernel on a file beside the socket: a daemon that is killed meanwhile
 * leaves a file, but no lock. The file is removed with the lock.
 */
final class StartLock implements AutoCloseable {

  private static final int ATTEMPTS = 500;
  private static final long PAUSE_MS = 10;

  private final Path file;
  private final FileChannel channel;

  private StartLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock that belongs to a socket, waiting for whoever has it.
   *
   * @throws IOException if it cannot be had within some seconds, or its folder not be written
   */
  static StartLock take(Path socket) throws IOException {
    Path file = socket.resolveSibling("." + socket.getFileName() + ".lock");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel, file)) {
        return new StartLock(file, channel);
      }
      channel.close();
      pause();
    }
    throw new IOException(
        "another dataplane is starting and does not come to an end (" + file + ")");
  }

  /**
   * Locked, and the file still has its name: its last owner may have removed it after we opened it.
   */
  private static boolean isLocked(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() == null) {
        return false;
      }
      String token = UUID.randomUUID().toString();
      int _ = channel.truncate(0).write(ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8)));
      return Files.readString(file).equals(token);
    } catch (OverlappingFileLockException | NoSuchFileException e) {
      return false; // held within this process, or removed
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another dataplane was starting", e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
