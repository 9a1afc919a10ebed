package io.dataplane.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place for the control socket, in a folder that is made for it and goes with it. */
record DemoSocket(Path folder) implements AutoCloseable {

  static DemoSocket create() throws IOException {
    String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
    Path parent = Path.of(runtime);
    Path folder =
        !runtime.isEmpty() && Files.isWritable(parent)
            ? Files.createTempDirectory(parent, "dataplane-demo-")
            : Files.createTempDirectory("dataplane-demo-");
    return new DemoSocket(folder);
  }

  Path path() {
    return folder.resolve("control.sock");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path());
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // A client may have put something there; an empty folder in a temporary one is all that can
      // stay.
    }
  }
}
