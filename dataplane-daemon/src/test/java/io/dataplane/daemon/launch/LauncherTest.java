package io.dataplane.daemon.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/dataplane} hands to the JVM, and when it builds. */
class LauncherTest {
  private Sandbox sandbox;
  private Path launcher;
  private Path dist;

  @BeforeEach
  void setUp(@TempDir Path folder) throws IOException {
    sandbox = new Sandbox(folder);
    sandbox.jdk("jdk", "25.0.1");
    launcher = sandbox.root.resolve("bin/dataplane");
    dist = sandbox.root.resolve("dataplane-daemon/target/dist");
    // Stands for Maven: what it leaves behind, and a line for each time it was called.
    sandbox.script(
        sandbox.root.resolve("mvnw"),
        "echo \"$@\" >>built-how",
        "echo '[INFO] Building dataplane-core 0.1    [2/5]'",
        "sleep 0.3",
        "mkdir -p dataplane-daemon/target/dist",
        "touch dataplane-daemon/target/dist/dataplane.jar dataplane-daemon/target/dist/built",
        "echo '[INFO] BUILD SUCCESS'");
  }

  private void alreadyBuilt() throws IOException {
    Files.createDirectories(dist);
    Files.createFile(dist.resolve("dataplane.jar"));
    Files.createFile(dist.resolve("built"));
    // Empty: training was tried and gave nothing, so these tests start no training in the
    // background.
    Files.createFile(dist.resolve("dataplane-25.0.1.aot"));
  }

  @Test
  void firstUseBuildsAndSaysSo() throws Exception {
    Sandbox.Result result = sandbox.run(launcher, "status");
    assertThat(result.err())
        .contains("no build in " + sandbox.root, "building dataplane-core [2/5]", "built");
    assertThat(Files.readString(sandbox.root.resolve("built-how")))
        .contains("-pl dataplane-daemon -am package");
    assertThat(result.out()).endsWith("-jar\n" + dist + "/dataplane.jar\nstatus\n");
    assertThat(sandbox.run(launcher, "status").err()).isEmpty();
    assertThat(Files.readAllLines(sandbox.root.resolve("built-how"))).hasSize(1);
  }

  @Test
  void twoFirstUsesAtOnceBuildOnce() throws Exception {
    Sandbox.Result result =
        sandbox.shell(sandbox.root, "bin/dataplane a & bin/dataplane b & wait; wait");
    assertThat(result.out()).contains("\na\n", "\nb\n");
    assertThat(Files.readAllLines(sandbox.root.resolve("built-how"))).hasSize(1);
  }

  @Test
  void failedBuildShowsMavensErrorsAndExits1() throws Exception {
    sandbox.script(sandbox.root.resolve("mvnw"), "echo '[ERROR] Foo.java: no'", "exit 1");
    Sandbox.Result result = sandbox.run(launcher, "status");
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("[ERROR] Foo.java: no", "the build failed", "build.log");
  }

  @Test
  void becomesTheJvmWithItsStatusAndTheArgumentsAsGiven() throws Exception {
    alreadyBuilt();
    Sandbox.Result result = sandbox.run(launcher, "trace", "tcp port *", "");
    assertThat(result.exitStatus()).isEqualTo(7);
    assertThat(result.out()).endsWith("dataplane.jar\ntrace\ntcp port *\n\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void worksThroughASymbolicLinkFromAnywhere() throws Exception {
    alreadyBuilt();
    Path link = sandbox.folder.resolve("elsewhere/dp");
    Files.createDirectories(sandbox.folder.resolve("elsewhere"));
    Files.createSymbolicLink(link, Path.of("../check out/bin/dataplane"));
    Sandbox.Result result = sandbox.shell(sandbox.folder.resolve("elsewhere"), "PATH=.:$PATH dp x");
    assertThat(result.out()).endsWith(dist + "/dataplane.jar\nx\n");
  }

  @Test
  void packetsGetTheFullCompilerAndQuestionsTheQuickOne() throws Exception {
    alreadyBuilt();
    for (String command : new String[] {"run", "demo", "xdp"}) {
      assertThat(sandbox.run(launcher, "-v", command).out())
          .contains("-XX:-DontCompileHugeMethods")
          .doesNotContain("TieredStopAtLevel");
    }
    assertThat(sandbox.run(launcher, "status").out())
        .contains("-XX:TieredStopAtLevel=1")
        .doesNotContain("DontCompileHugeMethods");
  }

  @Test
  void theUsersJvmOptionsComeAfterOurs() throws Exception {
    alreadyBuilt();
    sandbox.environment.put("JAVA_OPTS", "-Xmx1g -Da=1");
    sandbox.environment.put("DATAPLANE_JAVA_OPTS", "-Xmx2g");
    assertThat(sandbox.run(launcher, "run").out())
        .containsSubsequence("-Xmx512m\n", "-Xmx1g\n-Da=1\n-Xmx2g\n", "-jar\n");
  }

  @Test
  void usesTheCacheOfThisJdkUnlessTheUsersOptionsForbidIt() throws Exception {
    alreadyBuilt();
    Path cache = Files.writeString(dist.resolve("dataplane-25.0.1.aot"), "cache");
    assertThat(sandbox.run(launcher, "status").out()).contains("-XX:AOTCache=" + cache + "\n");
    sandbox.environment.put("JAVA_OPTS", "-Xshare:off");
    assertThat(sandbox.run(launcher, "status").out()).doesNotContain("AOTCache");
  }

  @Test
  void sourcesNewerThanTheBuildAreMentionedButNotBuilt() throws Exception {
    alreadyBuilt();
    Path source = sandbox.root.resolve("dataplane-core/src/main/java/New.java");
    Path test = sandbox.root.resolve("dataplane-core/src/test/java/NewTest.java");
    for (Path file : new Path[] {source, test}) {
      Files.createDirectories(file.resolveSibling("."));
      Files.createFile(file);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }
    Sandbox.Result result = sandbox.run(launcher, "status");
    assertThat(result.err())
        .contains("New.java is newer than the build; to rebuild: (cd ")
        .hasLineCount(1);
    assertThat(sandbox.root.resolve("built-how")).doesNotExist();
    Files.delete(source);
    assertThat(sandbox.run(launcher, "status").err()).isEmpty();
  }
}
