package io.dataplane.daemon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that asks a daemon takes. */
final class ClientOptions {

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = {
        "The daemon's control socket. Without it: $$DATAPLANE_SOCKET, /run/dataplane/control.sock,",
        "$$XDG_RUNTIME_DIR/dataplane/control.sock."
      })
  private @Nullable Path socket;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Nullable Path socket() {
    return socket;
  }

  boolean json() {
    return json;
  }
}
