package io.dataplane.daemon.config;

/**
 * Where in a configuration file something stands.
 *
 * @param file the file as the user named it
 * @param line the line, from 1; 0 when the file as a whole is meant
 * @param column the column in code points, from 1; 0 when the file as a whole is meant
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

  /** The file as a whole, for problems such as one that cannot be read. */
  public static Location of(String file) {
    return new Location(file, 0, 0);
  }

  @Override
  public int compareTo(Location other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  /** {@code file:line:column}, the form that editors and terminals turn into a link. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
