package io.dataplane.daemon.cli;

/** Emphasis on terminals; nothing elsewhere. */
enum Style {
  /** Text as it is. */
  PLAIN,
  /** ECMA-48 escape sequences around it. */
  COLOUR;

  static Style of(boolean colour) {
    return colour ? COLOUR : PLAIN;
  }

  String bold(String text) {
    return wrap("1", text);
  }

  String faint(String text) {
    return wrap("2", text);
  }

  String red(String text) {
    return wrap("31", text);
  }

  String green(String text) {
    return wrap("32", text);
  }

  String yellow(String text) {
    return wrap("33", text);
  }

  private String wrap(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
