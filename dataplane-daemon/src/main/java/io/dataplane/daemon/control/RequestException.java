package io.dataplane.daemon.control;

/** A request that cannot be answered; the client shows the message to its user. */
public final class RequestException extends Exception {

  /** The request is malformed; asking again the same way is useless. */
  public static final String BAD_REQUEST = "bad_request";

  /** The daemon knows no request of this name, most likely because it is older than the client. */
  public static final String UNKNOWN_REQUEST = "unknown_request";

  /** What was asked about does not exist. */
  public static final String NOT_FOUND = "not_found";

  /** The daemon has all the clients that it takes. */
  public static final String BUSY = "busy";

  /** The daemon has a fault; its log says more. */
  public static final String INTERNAL = "internal";

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Refuses a request.
   *
   * @param code one of the constants here; programs decide by it
   * @param message what is wrong, for people
   */
  public RequestException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** What went wrong, for programs. */
  public String code() {
    return code;
  }

  /** What went wrong, for people. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
