package io.dataplane.daemon.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the checkout's scripts in a folder of its own, with a PATH that holds ordinary tools
 * and whatever a test adds, but no {@code java} and no {@code mvn} of the machine.
 */
final class Sandbox {
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "chmod",
          "cp",
          "cut",
          "dirname",
          "env",
          "find",
          "flock",
          "grep",
          "gzip",
          "head",
          "id",
          "mkdir",
          "mktemp",
          "mv",
          "printf",
          "readlink",
          "rm",
          "sed",
          "sha512sum",
          "shasum",
          "sleep",
          "sort",
          "sh",
          "tail",
          "tar",
          "touch");
  private static final List<String> SCRIPTS =
      List.of("mvnw", "bin/dataplane", ".mvn/find-jdk.sh", ".mvn/wrapper/maven-wrapper.properties");
  private static final long TIMEOUT_S = 30;

  /** What a script did. */
  record Result(int exitStatus, String out, String err) {}

  final Path folder;
  final Path root;
  final Path path;
  final Map<String, String> environment = new TreeMap<>();

  Sandbox(Path folder) throws IOException {
    // Real, since the scripts resolve symbolic links and the assertions compare paths.
    this.folder = folder.toRealPath();
    root = Files.createDirectories(this.folder.resolve("check out"));
    path = Files.createDirectories(this.folder.resolve("path"));
    Path checkout = Path.of("..").toRealPath();
    for (String script : SCRIPTS) {
      Path copy = root.resolve(script);
      Files.createDirectories(parent(copy));
      Files.copy(checkout.resolve(script), copy);
    }
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        if (Files.isExecutable(Path.of(place + tool)) && !Files.exists(path.resolve(tool))) {
          // Not a symbolic link: JUnit warns of each one that leads out of its folder.
          script(path.resolve(tool), "exec " + place + tool + " \"$@\"");
        }
      }
    }
    environment.put("PATH", path.toString());
    environment.put("HOME", Files.createDirectories(this.folder.resolve("home")).toString());
    environment.put("DATAPLANE_JDK_DIRS", this.folder.resolve("jdks").toString());
  }

  /** Makes {@code file} an executable shell script. */
  Path script(Path file, String... lines) throws IOException {
    Files.createDirectories(parent(file));
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
    return file;
  }

  /** A JDK whose {@code java} prints its arguments, one a line, and then {@code exit 7}. */
  Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve("jdks").resolve(name);
    script(home.resolve("bin/java"), "printf '%s\\n' \"$@\"", "exit 7");
    script(home.resolve("bin/javac"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return home;
  }

  /** Runs {@code sh -c command} in {@code directory}. */
  Result shell(Path directory, String command) throws IOException, InterruptedException {
    return run(directory, List.of("/bin/sh", "-c", command));
  }

  /** Runs a program of the sandbox from its root folder. */
  Result run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return run(root, command);
  }

  private Result run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(
          command + " took over " + TIMEOUT_S + " s:\n" + Files.readString(err, UTF_8));
    }
    return new Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("has no folder: " + file);
    }
    return parent;
  }
}
