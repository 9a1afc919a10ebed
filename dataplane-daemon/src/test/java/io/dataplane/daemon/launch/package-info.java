/**
 * Tests of the shell scripts that find a JDK, fetch Maven and start the daemon. They run the real
 * scripts over made-up JDKs and Mavens, so they need no network and start no JVM.
 */
@NullMarked
package io.dataplane.daemon.launch;

import org.jspecify.annotations.NullMarked;
