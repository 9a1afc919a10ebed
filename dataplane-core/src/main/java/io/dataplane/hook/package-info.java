/**
 * Stage ③: where a program decides on a frame before any SkBuff exists. Core holds the interface,
 * the verdicts and the hook that passes everything; {@code dataplane-xdp} implements it. Before it:
 * {@code napi}, which calls it; after a PASS: {@code packet}. Called by the worker that owns the
 * receive queue.
 */
@NullMarked
package io.dataplane.hook;

import org.jspecify.annotations.NullMarked;
