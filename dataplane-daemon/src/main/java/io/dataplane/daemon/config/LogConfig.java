package io.dataplane.daemon.config;

/**
 * The log on stderr.
 *
 * @param level the least severe level that is written
 * @param format for people or for machines
 */
public record LogConfig(Level level, Format format) {

  /** Least severe level that is written. */
  public enum Level {
    /** Only what stopped the daemon or a device. */
    ERROR,
    /** And what an operator should look at. */
    WARN,
    /** And what changed: devices, ports, clients. */
    INFO,
    /** And why. */
    DEBUG,
    /** And every step. */
    TRACE
  }

  /** For people or for machines. */
  public enum Format {
    /** One aligned line an event. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  /** What holds when the file does not say. */
  public static final LogConfig DEFAULT = new LogConfig(Level.INFO, Format.TEXT);
}
