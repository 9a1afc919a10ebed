package io.dataplane.daemon.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a test needs of the machine: where it is missing the test is skipped, or fails under
 * DATAPLANE_REQUIRE_ALL.
 */
public final class Tools {

  private Tools() {}

  /** Needs a program on the PATH. */
  public static void require(String program) {
    require(isOnPath(program), "the program `" + program + "` is not installed");
  }

  /** Needs something else. */
  public static void require(boolean isThere, String otherwise) {
    if (isThere) {
      return;
    }
    if (System.getenv("DATAPLANE_REQUIRE_ALL") != null) {
      fail(otherwise + ", and DATAPLANE_REQUIRE_ALL is set");
    }
    abort(otherwise);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
