package io.dataplane.daemon.run;

/**
 * What a daemon tells about itself.
 *
 * @param version the program's version
 * @param configFile the file it was started with, as the user named it
 */
public record DaemonOptions(String version, String configFile) {}
