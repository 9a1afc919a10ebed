package io.dataplane.daemon.demo;

import java.util.List;

/**
 * Why the demonstration cannot use TAP interfaces.
 *
 * @param what a clause, such as {@code /dev/net/tun is closed to this user}
 * @param remedies what to do about it, a line each
 */
record Obstacle(String what, List<String> remedies) {}
