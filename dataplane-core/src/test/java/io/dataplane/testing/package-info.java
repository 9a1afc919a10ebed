/** What tests of every module share: frames, scripted devices, clocks. */
@NullMarked
package io.dataplane.testing;

import org.jspecify.annotations.NullMarked;
