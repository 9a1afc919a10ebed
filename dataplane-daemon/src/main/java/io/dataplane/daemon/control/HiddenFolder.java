package io.dataplane.daemon.control;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders that only this user can enter, with a name so short that a socket's path in it is no
 * longer than outside.
 */
final class HiddenFolder {

  private static final int ATTEMPTS = 100;

  private HiddenFolder() {}

  static Path create(Path parent) throws IOException {
    long pid = ProcessHandle.current().pid();
    for (int attempt = 0; ; attempt++) {
      Path folder = parent.resolve(".dp" + Long.toString(pid, 36) + Integer.toString(attempt, 36));
      try {
        return Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
