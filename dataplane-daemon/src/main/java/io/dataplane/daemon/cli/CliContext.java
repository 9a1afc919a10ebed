package io.dataplane.daemon.cli;

import java.util.Map;

/**
 * What a command is given besides its options.
 *
 * @param terminal where it writes
 * @param environment the process's environment
 */
record CliContext(Terminal terminal, Map<String, String> environment) {}
