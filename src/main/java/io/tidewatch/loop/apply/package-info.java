/**
 * The stage that writes to the cluster: which actions go into the slice of this pass, the outcome of each, and when a rejected
 * action is sent again. The order of turns is decided in {@code plan}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.apply;
