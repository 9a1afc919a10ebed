/**
 * What every other package may use: clock, randomness, checks and small helpers. It depends on
 * nothing else here.
 */
@NullMarked
package io.dataplane.base;

import org.jspecify.annotations.NullMarked;
