package io.dataplane.daemon.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file with its place and key path. Each conversion either gives what was asked for,
 * or notes the problem and gives nothing, so that reading goes on.
 *
 * <p>Values are judged by their text, not by the type that YAML 1.1 would guess: there {@code off}
 * is a boolean and {@code 02:00:00:00:00:01} a number in base 60.
 */
record Value(Node node, String path, Problems problems) {

  private static final Map<String, Boolean> SWITCHES =
      Map.of("true", true, "on", true, "yes", true, "false", false, "off", false, "no", false);

  /** Notes an error at this value. */
  void error(String message, String advice) {
    problems.error(node, path, message, advice);
  }

  /** Notes a warning at this value. */
  void warning(String message, String advice) {
    problems.warning(node, path, message, advice);
  }

  /**
   * Whether this is a bare {@code off}, {@code false} or {@code no}: a part of the daemon switched
   * off.
   */
  boolean isOff() {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && Boolean.FALSE.equals(SWITCHES.get(scalar.getValue().toLowerCase(Locale.ROOT)));
  }

  /** Whether this is one of some words, without noting anything if not. */
  boolean isAnyOf(Collection<String> words) {
    return node instanceof ScalarNode scalar && words.contains(scalar.getValue());
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The text of a scalar, quoted or not. */
  Optional<String> text(String expected) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    error("expected " + expected + ", found " + describe(), "");
    return Optional.empty();
  }

  Optional<Integer> integer(IntRange range) {
    return text("a whole number").flatMap(text -> integer(text, range));
  }

  private Optional<Integer> integer(String text, IntRange range) {
    // YAML lets digits be grouped by underscores; 18 digits are more than any range here and still
    // fit a long.
    String digits = text.replace("_", "");
    if (!digits.matches("[+-]?\\d{1,18}")) {
      error("expected a whole number, found `" + text + "`", "use " + range);
      return Optional.empty();
    }
    long number = Long.parseLong(digits);
    if (!range.contains(number)) {
      error(text + " is out of range", "use " + range);
      return Optional.empty();
    }
    return Optional.of((int) number);
  }

  Optional<Boolean> flag() {
    Optional<String> text = text("on or off");
    Optional<Boolean> flag = text.map(t -> SWITCHES.get(t.toLowerCase(Locale.ROOT)));
    if (text.isPresent() && flag.isEmpty()) {
      error("expected on or off, found `" + text.get() + "`", "use on or off");
    }
    return flag;
  }

  Optional<Duration> duration(DurationRange range) {
    Optional<String> text = text("a duration");
    Optional<Duration> duration = text.flatMap(Durations::parse);
    if (text.isPresent() && duration.isEmpty()) {
      error(
          "expected a duration, found `" + text.get() + "`",
          "write a number with its unit, such as 50us, 2ms, 300s or 5m");
    } else if (duration.isPresent() && !range.contains(duration.get())) {
      error(text.orElse("") + " is out of range", "use " + range);
      return Optional.empty();
    }
    return duration;
  }

  /** One of a few words; a near miss is recognised. */
  <E> Optional<E> choice(Map<String, E> words) {
    Optional<String> text =
        text((words.size() == 1 ? "" : "one of ") + String.join(", ", words.keySet()));
    if (text.isPresent() && !words.containsKey(text.get())) {
      error("unknown value `" + text.get() + "`", adviceOn(text.get(), words.keySet()));
    }
    return text.flatMap(word -> Optional.ofNullable(words.get(word)));
  }

  static String adviceOn(String typed, Collection<String> known) {
    return Suggestions.closest(typed, known)
        .map(word -> "did you mean `" + word + "`?")
        .orElse((known.size() == 1 ? "use " : "use one of ") + String.join(", ", known));
  }

  /** The items of a list, each with its index in the path. */
  List<Value> items(String expected) {
    if (!(node instanceof SequenceNode sequence)) {
      error("expected " + expected + ", found " + describe(), "write it as [a, b]");
      return List.of();
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Value(item, path + "[" + items.size() + "]", problems));
    }
    return items;
  }

  /** What stands here, for messages. */
  String describe() {
    return switch (node) {
      case MappingNode m -> "a mapping";
      case SequenceNode s -> "a list";
      case ScalarNode s when s.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode s -> "`" + s.getValue() + "`";
      default -> "something else";
    };
  }
}
