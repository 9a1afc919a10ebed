package io.dataplane.daemon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dataplane.daemon.run.RunningDaemon;
import io.dataplane.daemon.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in deploy/ speaks of metrics that exist, in a language that Prometheus understands. */
class DeployTest {

  private static final Path DEPLOY = Path.of("../deploy");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:dataplane|jvm|process|system)_[a-z_]+\\b");

  private static List<String> dashboardQueries() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DEPLOY.resolve("grafana/dataplane.json").toFile());
    List<String> queries = new ArrayList<>();
    dashboard.findValues("expr").forEach(expr -> queries.add(expr.asText()));
    dashboard
        .at("/templating/list")
        .forEach(variable -> queries.add(variable.at("/query/query").asText()));
    return queries;
  }

  private static Set<String> metricsIn(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exported(Path folder) throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(folder)) {
      daemon.exchange(1);
      try (var page = URI.create(daemon.metricsUrl()).toURL().openStream()) {
        String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toSet());
      }
    }
  }

  @Test
  void dashboardAndAlertsNameMetricsThatExist(@TempDir Path folder) throws Exception {
    Set<String> named = metricsIn(String.join("\n", dashboardQueries()));
    named.addAll(metricsIn(Files.readString(DEPLOY.resolve("prometheus-alerts.yml"))));
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(exported(folder)).containsAll(named);
  }

  @Test
  void panelsHaveTitlesAndDoNotOverlap() throws IOException {
    JsonNode panels =
        new ObjectMapper()
            .readTree(DEPLOY.resolve("grafana/dataplane.json").toFile())
            .get("panels");
    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : panels) {
      assertThat(panel.path("title").asText()).isNotEmpty();
      JsonNode at = panel.get("gridPos");
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          assertThat(x).isLessThan(24);
          assertThat(taken.add(x + "/" + y)).as(panel.get("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void promtoolTakesTheConfiguration() throws Exception {
    Tools.require("promtool");
    assertThat(run("promtool", "check", "config", "prometheus.yml")).isZero();
  }

  @Test
  void promtoolTakesTheQueriesOfTheDashboard(@TempDir Path folder) throws Exception {
    Tools.require("promtool");
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    int number = 0;
    for (String query : dashboardQueries()) {
      if (!query.isEmpty() && !query.startsWith("label_values")) {
        String expression = query.replace("$__rate_interval", "1m").replace("'", "''");
        rules.append(
            "  - { record: 'dashboard:q%d', expr: '%s' }\n".formatted(number++, expression));
      }
    }
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    assertThat(run("promtool", "check", "rules", file.toString())).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(DEPLOY.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(status).as(said).isZero();
    return status;
  }
}
