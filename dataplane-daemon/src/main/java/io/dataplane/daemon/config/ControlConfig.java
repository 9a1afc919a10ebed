package io.dataplane.daemon.config;

import java.nio.file.Path;

/**
 * The control socket that {@code dataplane status} and its like talk to.
 *
 * @param socket its path, absolute
 */
public record ControlConfig(Path socket) {}
