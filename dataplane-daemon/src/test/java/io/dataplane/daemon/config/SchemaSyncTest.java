package io.dataplane.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dataplane.daemon.config.LogConfig.Format;
import io.dataplane.runtime.PollConfig;
import io.dataplane.runtime.PollMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Editors believe the schema, the daemon its parser: the two must know the same keys, words, bounds
 * and defaults.
 */
class SchemaSyncTest {

  private static final JsonNode SCHEMA = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Path.of("../config/dataplane.schema.json").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode property(String section, String key) {
    JsonNode properties =
        section.isEmpty()
            ? SCHEMA.at("/properties")
            : SCHEMA.at("/$defs/" + section + "/properties");
    JsonNode property = properties.get(key);
    String reference = property.path("$ref").asText();
    boolean isPlainReference = !reference.isEmpty() && property.size() == 1;
    return isPlainReference ? SCHEMA.at(reference.substring(1)) : property;
  }

  @TestFactory
  Stream<DynamicTest> bothKnowTheSameKeys() {
    Map<String, List<String>> parser =
        Map.of(
            "", RootSection.KEYS,
            "poll", RootSection.POLL_KEYS,
            "memory", RootSection.MEMORY_KEYS,
            "metrics", RootSection.METRICS_KEYS,
            "control", RootSection.CONTROL_KEYS,
            "log", RootSection.LOG_KEYS,
            "device", DeviceSection.KEYS,
            "bridge", BridgesSection.KEYS,
            "fdbEntry", BridgesSection.FDB_KEYS,
            "xdp", XdpSection.KEYS);
    return parser.entrySet().stream()
        .map(section ->
            DynamicTest.dynamicTest(
                section.getKey().isEmpty() ? "root" : section.getKey(),
                () -> {
                  JsonNode node =
                      section.getKey().isEmpty() ? SCHEMA : SCHEMA.at("/$defs/" + section.getKey());
                  assertThat(node.get("properties").fieldNames())
                      .toIterable()
                      .containsExactlyInAnyOrderElementsOf(section.getValue());
                  assertThat(node.get("additionalProperties").asBoolean()).isFalse();
                }));
  }

  @Test
  void bothKnowTheSameWords() {
    assertWords(property("poll", "mode"), RootSection.MODES.keySet());
    assertWords(property("log", "level"), RootSection.LEVELS.keySet());
    assertWords(property("log", "format"), RootSection.FORMATS.keySet());
    assertWords(property("device", "driver"), DeviceSection.DRIVERS.keySet());
    assertWords(property("device", "io"), DeviceSection.IO.keySet());
    assertWords(
        property("device", "offloads").at("/anyOf/2/items"), DeviceSection.OFFLOADS.keySet());
  }

  private static void assertWords(JsonNode property, Collection<String> words) {
    assertThat(property.get("enum")).extracting(JsonNode::asText).containsExactlyElementsOf(words);
  }

  @Test
  void bothKnowTheSameBounds() {
    assertBounds(property("", "workers"), Limits.WORKERS);
    assertBounds(property("poll", "weight"), Limits.POLL_WEIGHT);
    assertBounds(property("poll", "budget"), Limits.POLL_BUDGET);
    assertBounds(property("memory", "frames"), Limits.MEMORY_FRAMES);
    assertBounds(property("memory", "blocks"), Limits.MEMORY_BLOCKS);
    assertBounds(property("device", "mtu"), Limits.MTU);
    assertBounds(property("device", "queues"), Limits.QUEUES);
    assertBounds(property("bridge", "fdbEntriesMax"), Limits.BRIDGE_FDB_ENTRIES_MAX);
    assertThat(property("control", "socket").get("maxLength").asInt())
        .isEqualTo(Limits.SOCKET_PATH_BYTES_MAX);
    assertThat(property("poll", "timeLimit").get("description").asText())
        .contains(Limits.POLL_TIME_LIMIT.toString());
    assertThat(property("poll", "spin").get("description").asText())
        .contains(Limits.POLL_SPIN.toString());
    assertThat(property("bridge", "ageing").get("description").asText())
        .contains(Limits.BRIDGE_AGEING.toString());
  }

  private static void assertBounds(JsonNode property, IntRange range) {
    assertThat(new IntRange(property.get("minimum").asInt(), property.get("maximum").asInt()))
        .isEqualTo(range);
  }

  @Test
  void bothKnowTheSameDefaults() {
    assertThat(property("", "workers").get("default").asInt())
        .isEqualTo(DaemonConfig.WORKERS_DEFAULT);
    PollConfig poll = PollConfig.defaults(PollMode.ADAPTIVE);
    assertThat(RootSection.MODES.get(textDefault("poll", "mode"))).isEqualTo(poll.mode());
    assertThat(property("poll", "weight").get("default").asInt()).isEqualTo(poll.weight());
    assertThat(property("poll", "budget").get("default").asInt()).isEqualTo(poll.budget());
    assertThat(durationDefault("poll", "timeLimit").toNanos()).isEqualTo(poll.timeLimitNs());
    assertThat(durationDefault("poll", "spin").toNanos()).isEqualTo(poll.spinNs());
    assertThat(property("memory", "frames").get("default").asInt())
        .isEqualTo(MemoryConfig.DEFAULT.frames());
    assertThat(property("memory", "blocks").get("default").asInt())
        .isEqualTo(MemoryConfig.DEFAULT.blocks());
    assertThat(ListenAddress.parse(textDefault("metrics", "listen")).map(MetricsConfig::new))
        .contains(MetricsConfig.DEFAULT);
    assertThat(RootSection.LEVELS.get(textDefault("log", "level"))).isEqualTo(LogConfig.Level.INFO);
    assertThat(RootSection.FORMATS.get(textDefault("log", "format"))).isEqualTo(Format.TEXT);
    assertThat(property("device", "mtu").get("default").asInt())
        .isEqualTo(DeviceConfig.MTU_DEFAULT);
    assertThat(property("device", "queues").get("default").asInt())
        .isEqualTo(DeviceConfig.QUEUES_DEFAULT);
    assertThat(durationDefault("bridge", "ageing")).isEqualTo(BridgeConfig.AGEING_DEFAULT);
    assertThat(property("bridge", "fdbEntriesMax").get("default").asInt())
        .isEqualTo(BridgeConfig.FDB_ENTRIES_MAX_DEFAULT);
  }

  private static String textDefault(String section, String key) {
    return property(section, key).get("default").asText();
  }

  private static Duration durationDefault(String section, String key) {
    return Durations.parse(textDefault(section, key)).orElseThrow();
  }

  /** A key that were declared but never read would be taken and do nothing. */
  @Test
  void everyDeclaredKeyIsRead(@TempDir Path folder) throws IOException {
    // No key of these sections takes a list within a list, so each one that is read complains.
    StringBuilder yaml = new StringBuilder("devices:\n  dp0:\n");
    DeviceSection.KEYS.forEach(key -> yaml.append("    " + key + ": [[]]\n"));
    yaml.append("bridges:\n  br0:\n");
    BridgesSection.KEYS.forEach(key -> yaml.append("    " + key + ": [[]]\n"));
    Map.of(
            "poll", RootSection.POLL_KEYS,
            "memory", RootSection.MEMORY_KEYS,
            "metrics", RootSection.METRICS_KEYS,
            "control", RootSection.CONTROL_KEYS,
            "log", RootSection.LOG_KEYS)
        .forEach((section, keys) -> {
          yaml.append(section + ":\n");
          keys.forEach(key -> yaml.append("  " + key + ": [[]]\n"));
        });
    yaml.append("workers: [[]]\nxdp: [[]]\n");
    Path file = Files.writeString(folder.resolve("lists.yaml"), yaml);

    List<String> complained = complaints(file);
    Stream.of(yaml.toString().split("\n"))
        .filter(line -> line.endsWith("[[]]"))
        .map(line -> line.strip().replace(": [[]]", ""))
        .forEach(key ->
            assertThat(complained).anyMatch(path -> path.matches("(.*\\.)?" + key + "(\\[0])?")));
  }

  private static List<String> complaints(Path file) {
    try {
      new ConfigLoader(Map.of()).load(file);
      throw new AssertionError("a file of lists was taken");
    } catch (ConfigException e) {
      return e.problems().stream().map(Problem::path).toList();
    }
  }
}
