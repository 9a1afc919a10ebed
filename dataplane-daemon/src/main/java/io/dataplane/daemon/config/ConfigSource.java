package io.dataplane.daemon.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** From a file's bytes to YAML's node graph; what is not YAML at all is found here. */
final class ConfigSource {

  private final Path file;
  private final Problems problems;

  ConfigSource(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads the file; says what is wrong with it and returns empty where it cannot be read. */
  Optional<String> read() {
    try {
      if (Files.isDirectory(file)) {
        return reject("is a directory", "name a YAML file");
      }
      if (Files.size(file) > Limits.FILE_BYTES_MAX) {
        return reject("is larger than 1 MiB", "name a dataplane configuration file");
      }
      return decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return reject("no such file", "start from config/dataplane.yaml");
    } catch (AccessDeniedException e) {
      return reject("permission denied", "make the file readable for this user");
    } catch (IOException e) {
      return reject("cannot be read (" + e.getMessage() + ")", "");
    }
  }

  private Optional<String> decode(byte[] bytes) {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = utf8.decode(in, out, true);
    String text = out.flip().toString();
    if (!result.isError()) {
      return Optional.of(text);
    }
    int line = (int) text.lines().count();
    int column = text.length() - text.lastIndexOf('\n');
    String where = problems.wholeFile().file();
    problems.error(
        new Location(where, text.endsWith("\n") ? line + 1 : Math.max(line, 1), column),
        "not UTF-8 text",
        "save the file in UTF-8");
    return Optional.empty();
  }

  private <T> Optional<T> reject(String message, String advice) {
    problems.error(problems.wholeFile(), message, advice);
    return Optional.empty();
  }

  /**
   * Composes the text into nodes, each with its place in the text; empty where it is not one YAML
   * document.
   */
  Optional<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(16);
    try {
      Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
      if (!documents.hasNext()) {
        return reject("is empty", "start from config/dataplane.yaml");
      }
      Node root = documents.next();
      if (documents.hasNext()) {
        problems.error(
            documents.next(), "", "a second YAML document", "keep one document in a file");
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (MarkedYAMLException e) {
      boolean isTab = firstLine(e.getProblem()).contains("\\t");
      problems.error(
          e.getProblemMark(),
          "",
          "not valid YAML: " + (isTab ? "a tab used as indentation" : explain(e)),
          isTab
              ? "indent with spaces"
              : "check indentation, quotes and brackets here and in the line above");
    } catch (YAMLException e) {
      problems.error(
          problems.wholeFile(), "not valid YAML: " + firstLine(String.valueOf(e.getMessage())), "");
    }
    return Optional.empty();
  }

  /** What the parser was about when it stumbled, since when, and over what. */
  private static String explain(MarkedYAMLException e) {
    if (e.getContext() == null || e.getContextMark() == null) {
      return firstLine(e.getProblem());
    }
    int since = e.getContextMark().getLine() + 1;
    return "%s begun in line %d, %s".formatted(e.getContext(), since, firstLine(e.getProblem()));
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
