package io.dataplane.daemon.text;

/** Emphasis on terminals; nothing elsewhere. */
public enum Style {
  /** Text as it is. */
  PLAIN,
  /** ECMA-48 escape sequences around it. */
  COLOUR;

  /** Colour, or none. */
  public static Style of(boolean colour) {
    return colour ? COLOUR : PLAIN;
  }

  /** Stands out. */
  public String bold(String text) {
    return wrap("1", text);
  }

  /** Steps back. */
  public String faint(String text) {
    return wrap("2", text);
  }

  /** Is wrong. */
  public String red(String text) {
    return wrap("31", text);
  }

  /** Is right. */
  public String green(String text) {
    return wrap("32", text);
  }

  /** Is odd. */
  public String yellow(String text) {
    return wrap("33", text);
  }

  private String wrap(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
