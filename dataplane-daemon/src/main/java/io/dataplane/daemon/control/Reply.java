package io.dataplane.daemon.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line from the daemon.
 *
 * @param ok whether there is a result
 * @param result the answer; absent when there is none
 * @param error what went wrong; absent when nothing did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reply(boolean ok, @Nullable Object result, @Nullable Failure error) {

  /** What went wrong, for programs and for people. */
  record Failure(String code, String message) {}

  static Reply success(Object result) {
    return new Reply(true, result, null);
  }

  static Reply failure(String code, String message) {
    return new Reply(false, null, new Failure(code, message));
  }
}
