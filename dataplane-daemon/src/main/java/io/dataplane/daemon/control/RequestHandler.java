package io.dataplane.daemon.control;

/**
 * Answers the requests of one name. Called by several clients' threads at a time, never by a
 * worker.
 */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request.
   *
   * @param args what the client added to the request's name
   * @return the answer: a record, or a list or map of records; it is written as JSON
   * @throws RequestException if there is no such answer; the client gets its code and message
   */
  Object handle(RequestArgs args) throws RequestException;
}
