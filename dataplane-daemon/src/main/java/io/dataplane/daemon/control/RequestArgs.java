package io.dataplane.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a client added to a request's name. */
public final class RequestArgs {

  private final JsonNode args;

  RequestArgs(JsonNode args) {
    this.args = args;
  }

  /**
   * A text that may be left out.
   *
   * @throws RequestException if it is there and is no text
   */
  public Optional<String> text(String name) throws RequestException {
    JsonNode value = args.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new RequestException(RequestException.BAD_REQUEST, "`" + name + "` must be a text");
    }
    return Optional.of(value.textValue());
  }
}
