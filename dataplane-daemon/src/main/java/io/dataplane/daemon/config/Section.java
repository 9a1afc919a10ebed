package io.dataplane.daemon.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file, opened with the keys that it may have. Duplicate and unknown keys are
 * noted on opening; what a section does not say is answered with the default, so a section that is
 * missing altogether reads like an empty one.
 */
final class Section {

  /** Stands for "any key": a mapping from names that the user chooses, such as {@code devices}. */
  static final List<String> ANY_KEY = List.of();

  private final Value self;
  private final List<String> keys;
  private final SequencedMap<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();

  private Section(Value self, List<String> keys) {
    this.self = self;
    this.keys = keys;
  }

  /** Opens a value as a section; one that is no mapping is noted and reads as empty. */
  static Section open(Value value, List<String> keys) {
    Section section = new Section(value, keys);
    if (value.node() instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::add);
    } else if (!value.node().getTag().equals(Tag.NULL)) {
      value.error(
          "expected keys and values, found " + value.describe(),
          "write `key: value` lines, indented");
    }
    return section;
  }

  private void add(NodeTuple tuple) {
    Node keyNode = tuple.getKeyNode();
    if (!(keyNode instanceof ScalarNode scalar)) {
      self.problems().error(keyNode, self.path(), "a key must be a single word", "");
      return;
    }
    String key = scalar.getValue();
    Node first = keyNodes.putIfAbsent(key, keyNode);
    if (first != null) {
      Location before = self.problems().locate(first.getStartMark());
      self.problems()
          .error(
              keyNode,
              pathOf(key),
              "duplicate key, first in line " + before.line(),
              "remove one of the two");
    } else if (!accepts(key)) {
      self.problems().error(keyNode, self.path(), "unknown key `" + key + "`", adviceOn(key));
    } else {
      values.put(key, new Value(tuple.getValueNode(), pathOf(key), self.problems()));
    }
  }

  private boolean accepts(String key) {
    return keys.isEmpty() || keys.contains(key);
  }

  private String adviceOn(String key) {
    return key.equals("<<")
        ? "merge keys are not supported, write the keys out"
        : Value.adviceOn(key, keys);
  }

  private String pathOf(String key) {
    return self.path().isEmpty() ? key : self.path() + "." + key;
  }

  /** The section's own value, to note problems of the section as a whole. */
  Value self() {
    return self;
  }

  /** The values under keys that the user chose, in the order of the file. */
  SequencedMap<String, Value> entries() {
    return values;
  }

  /** A key itself rather than its value, to note problems of a name. */
  Value key(String key) {
    return new Value(keyNodes.getOrDefault(key, self.node()), pathOf(key), self.problems());
  }

  Optional<Value> value(String key) {
    if (!keys.contains(key)) {
      throw new IllegalArgumentException(
          "section " + self.path() + " does not declare the key " + key);
    }
    return Optional.ofNullable(values.get(key));
  }

  /** A section inside this one; empty when it is not there. */
  Section child(String key, List<String> childKeys) {
    return value(key)
        .map(value -> open(value, childKeys))
        .orElseGet(
            () -> new Section(new Value(self.node(), pathOf(key), self.problems()), childKeys));
  }

  int integer(String key, IntRange range, int byDefault) {
    return value(key).flatMap(value -> value.integer(range)).orElse(byDefault);
  }

  boolean flag(String key, boolean byDefault) {
    return value(key).flatMap(Value::flag).orElse(byDefault);
  }

  Duration duration(String key, DurationRange range, Duration byDefault) {
    return value(key).flatMap(value -> value.duration(range)).orElse(byDefault);
  }

  <E> E choice(String key, Map<String, E> words, E byDefault) {
    return value(key).flatMap(value -> value.choice(words)).orElse(byDefault);
  }

  Optional<String> text(String key, String expected) {
    return value(key).flatMap(value -> value.text(expected));
  }
}
