package io.dataplane.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dataplane.daemon.run.RunningDaemon;
import io.dataplane.daemon.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private RunningDaemon daemon;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    daemon = new RunningDaemon(folder);
    daemon.exchange(3);
  }

  @AfterEach
  void stop() {
    daemon.close();
    http.close();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(daemon.metricsUrl()).resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private List<String> metrics() throws IOException, InterruptedException {
    return get("/metrics").body().lines().toList();
  }

  @Test
  void countersAreThoseOfTheStack() throws Exception {
    assertThat(metrics())
        .contains(
            "dataplane_device_frames_total{device=\"dp0\",direction=\"receive\",queue=\"0\"} 3.0",
            "dataplane_device_bytes_total{device=\"dp0\",direction=\"receive\",queue=\"0\"} 300.0",
            "dataplane_device_bytes_total{device=\"dp1\",direction=\"receive\",queue=\"0\"} 600.0",
            "dataplane_device_up{device=\"dp1\"} 1.0",
            "dataplane_bridge_fdb_entries{bridge=\"br0\"} 3.0",
            "dataplane_pool_capacity{pool=\"frames\",worker=\"0\"} 2048.0",
            "dataplane_drops_total{device=\"dp0\",reason=\"full_ring\"} 0.0",
            "dataplane_ready 1.0");
  }

  @Test
  void theJvmIsMeasuredToo() throws Exception {
    assertThat(metrics())
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
        .anyMatch(line -> line.startsWith("process_cpu_usage "))
        .anyMatch(line -> line.startsWith("process_uptime_seconds "));
  }

  @Test
  void devicesThatGoTakeTheirMetersAlong() throws Exception {
    assertThat(metrics()).anyMatch(line -> line.contains("device=\"dp1\""));
    daemon.dataplane().remove(daemon.device("dp1"));
    assertThat(metrics()).noneMatch(line -> line.contains("device=\"dp1\""));
  }

  @Test
  void openMetricsIsWrittenWhereItIsAccepted() throws Exception {
    HttpResponse<String> response =
        get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
    assertThat(response.body()).endsWith("# EOF\n");
    assertThat(get("/metrics", "Accept", "text/html, */*").headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
  }

  @Test
  void promtoolHasNothingToSay() throws Exception {
    Tools.require("promtool");
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var stdin = promtool.getOutputStream()) {
      stdin.write(get("/metrics").body().getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(promtool.waitFor()).isZero();
  }

  @Test
  void probesFollowTheDevices() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    daemon.dataplane().close(daemon.device("dp0"));
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    HttpResponse<String> notReady = get("/readyz");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).isEqualTo("device dp0 is down; the log says why\n");
    assertThat(metrics())
        .contains("dataplane_ready 0.0", "dataplane_device_up{device=\"dp0\"} 0.0");
  }

  @Test
  void otherPagesAndMethodsAreRefused() throws Exception {
    assertThat(get("/").body()).contains("<a href=\"metrics\">");
    assertThat(get("/metrics/").statusCode()).isEqualTo(404);
    assertThat(get("/secret").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(daemon.metricsUrl()))
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<String> refused = http.send(post, BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void headTellsTheLengthOnly() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(URI.create(daemon.metricsUrl()))
            .method("HEAD", BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(head, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }
}
