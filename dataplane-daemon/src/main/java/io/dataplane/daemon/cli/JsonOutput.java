package io.dataplane.daemon.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.dataplane.daemon.control.Json;
import java.io.IOException;
import java.io.PrintStream;

/** What {@code --json} prints: one indented value and a line end. */
final class JsonOutput {

  private JsonOutput() {}

  static void print(PrintStream out, Object value) throws IOException {
    out.println(
        Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
  }
}
