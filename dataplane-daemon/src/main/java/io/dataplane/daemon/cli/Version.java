package io.dataplane.daemon.cli;

/** The program's version, as the build wrote it into the jar. */
public final class Version {

  private Version() {}

  /** Such as {@code 0.1.0}; {@code development} where the classes are not in a jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
