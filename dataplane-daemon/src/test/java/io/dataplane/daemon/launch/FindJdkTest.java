package io.dataplane.daemon.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK {@code .mvn/find-jdk.sh} picks. */
class FindJdkTest {
  private Sandbox sandbox;

  @BeforeEach
  void setUp(@TempDir Path folder) throws IOException {
    sandbox = new Sandbox(folder);
  }

  private Sandbox.Result find() throws IOException, InterruptedException {
    return sandbox.shell(
        sandbox.root, ". ./.mvn/find-jdk.sh; find_jdk && echo \"$JDK_HOME $JDK_VERSION\"");
  }

  private void assertFound(Path home, String version) throws IOException, InterruptedException {
    assertThat(find()).isEqualTo(new Sandbox.Result(0, home + " " + version + "\n", ""));
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    sandbox.jdk("usual", "25.0.1");
    Path home = sandbox.jdk("mine", "27");
    sandbox.environment.put("JAVA_HOME", home.toString());
    assertFound(home, "27");
  }

  @Test
  void javaHomeTooOldGivesWayToPath() throws Exception {
    sandbox.jdk("usual", "25.0.1");
    Path onPath = sandbox.jdk("on-path", "26.0.2");
    sandbox.environment.put("JAVA_HOME", sandbox.jdk("old", "24.0.2").toString());
    Files.createSymbolicLink(sandbox.path.resolve("java"), onPath.resolve("bin/java"));
    assertFound(onPath, "26.0.2");
  }

  @Test
  void lowestThatIsNewEnoughOfTheUsualPlaces() throws Exception {
    sandbox.jdk("a-26", "26-ea");
    Path lowest = sandbox.jdk("b-25", "25.0.3");
    sandbox.jdk("c-8", "1.8.0_392");
    sandbox.jdk("d-17", "17.0.9");
    sandbox.jdk("e-100", "100");
    Files.createSymbolicLink(
        sandbox.path.resolve("java"), sandbox.folder.resolve("jdks/d-17/bin/java"));
    assertFound(lowest, "25.0.3");
  }

  @Test
  void runtimeWithoutCompilerIsPassedOver() throws Exception {
    Files.delete(sandbox.jdk("a-jre", "25").resolve("bin/javac"));
    Path jdk = sandbox.jdk("b-jdk", "25.0.1");
    assertFound(jdk, "25.0.1");
  }

  @Test
  void withoutReleaseFileTheJvmIsAsked() throws Exception {
    Path home = sandbox.jdk("bare", "25.0.2");
    Files.delete(home.resolve("release"));
    sandbox.script(
        home.resolve("bin/java"), "echo 'openjdk version \"25.0.2\" 2026-01-20' >&2", "exit 0");
    assertFound(home, "25.0.2");
  }

  @Test
  void noneSaysWhatToInstall() throws Exception {
    sandbox.environment.put("JAVA_HOME", sandbox.jdk("old", "17.0.9").toString());
    Sandbox.Result result = find();
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("needs a JDK 25 or newer", "JAVA_HOME (" + sandbox.folder + "/jdks/old)")
        .contains("apt install openjdk-25-jdk", "dnf install", "brew install", "sdk install java");
  }

  @Test
  void bothScriptsFailWithThatMessage() throws Exception {
    for (String script : new String[] {"mvnw", "bin/dataplane"}) {
      Sandbox.Result result = sandbox.run(sandbox.root.resolve(script), "--help");
      assertThat(result.exitStatus()).isEqualTo(1);
      assertThat(result.err()).startsWith("dataplane needs a JDK 25");
    }
  }
}
