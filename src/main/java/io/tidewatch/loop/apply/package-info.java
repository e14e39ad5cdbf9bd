/**
 * The stage that writes to the cluster: which actions go into the slice of this pass, what came of each, and when a rejected
 * one is sent again. Whose turn is next is decided in {@code plan}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.apply;
