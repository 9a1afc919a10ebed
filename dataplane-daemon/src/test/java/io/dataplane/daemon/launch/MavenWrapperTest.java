package io.dataplane.daemon.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Maven {@code mvnw} takes, and how it fetches one. */
class MavenWrapperTest {
  private static final String NAME = "apache-maven-3.9.99";

  private Sandbox sandbox;
  private Path jdk;
  private Path archive;

  @BeforeEach
  void setUp(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    jdk = sandbox.jdk("jdk", "25.0.1");
    archive = sandbox.folder.resolve(NAME + "-bin.tar.gz");
    maven(sandbox.folder.resolve(NAME + "/bin/mvn"), "fetched", "3.9.99");
    sandbox.shell(sandbox.folder, "tar -czf " + archive.getFileName() + " " + NAME);
    // What curl is asked for is at hand already: the last argument but the URL's is the file to
    // write.
    sandbox.script(
        sandbox.path.resolve("curl"),
        "while [ \"$1\" != -o ]; do shift; done",
        "cp '" + archive + "' \"$2\"");
    expect(sha512(archive));
  }

  private void maven(Path file, String who, String version) throws IOException {
    sandbox.script(
        file,
        "if [ \"$1\" = -v ]; then echo 'Apache Maven " + version + " (abc)'; exit; fi",
        "printf '%s\\n' " + who + " \"$JAVA_HOME\" \"$MAVEN_BASEDIR\" \"$@\"");
  }

  private void expect(String sha512) throws IOException {
    Files.writeString(
        sandbox.root.resolve(".mvn/wrapper/maven-wrapper.properties"),
        "# a comment\ndistributionUrl=https://example.invalid/"
            + archive.getFileName()
            + "\ndistributionSha512Sum="
            + sha512
            + "\n");
  }

  private static String sha512(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
  }

  private Sandbox.Result mvnw() throws IOException, InterruptedException {
    return sandbox.run(sandbox.root.resolve("mvnw"), "-q", "two words");
  }

  private void assertRan(String who, Sandbox.Result result) {
    assertThat(result.out())
        .as(result.err())
        .isEqualTo(
            String.join("\n", who, jdk.toString(), sandbox.root.toString(), "-q", "two words\n"));
    assertThat(result.exitStatus()).isZero();
  }

  @Test
  void theOneFetchedBeforeComesFirst() throws Exception {
    maven(sandbox.path.resolve("mvn"), "installed", "3.9.1");
    Path dists = sandbox.folder.resolve("home/.m2/wrapper/dists");
    maven(dists.resolve(NAME + "/0123abcd/bin/mvn"), "before", "3.9.99");
    assertRan("before", mvnw());
  }

  @Test
  void theOneOnPathWhenNewEnough() throws Exception {
    maven(sandbox.path.resolve("mvn"), "installed", "3.8.6");
    Sandbox.Result result = mvnw();
    assertRan("installed", result);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void tooOldOnPathIsReplacedByAFetchedOne() throws Exception {
    maven(sandbox.path.resolve("mvn"), "installed", "3.8.5");
    Sandbox.Result result = mvnw();
    assertRan("fetched", result);
    assertThat(result.err()).contains("fetching " + NAME);
    Sandbox.Result again = mvnw();
    assertRan("fetched", again);
    assertThat(again.err()).isEmpty();
  }

  @Test
  void wrongChecksumInstallsNothing() throws Exception {
    String wrong = "0".repeat(128);
    expect(wrong);
    Sandbox.Result result = mvnw();
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(sha512(archive), wrong, "nothing was installed");
    assertThat(sandbox.folder.resolve("home/.m2/wrapper/dists").resolve(NAME)).isEmptyDirectory();
  }

  @Test
  void failedDownloadSaysWhatToInstall() throws Exception {
    sandbox.script(sandbox.path.resolve("curl"), "exit 22");
    Sandbox.Result result = mvnw();
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(result.err()).contains("could not fetch https://example.invalid/", "apt install");
  }
}
