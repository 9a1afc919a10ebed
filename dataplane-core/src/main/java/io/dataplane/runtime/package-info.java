/**
 * What makes the stages run: workers, their loop, and {@link io.dataplane.runtime.Dataplane}, the
 * library's front door, which builds a stack, adds devices and bridges and starts it. Above every
 * stage.
 *
 * <p>Threads: a {@link io.dataplane.runtime.Worker} is one thread; everything else here is for the
 * control plane and enters a worker through its bounded inbox.
 */
@NullMarked
package io.dataplane.runtime;

import org.jspecify.annotations.NullMarked;
