/**
 * The stage that writes to the cluster: which actions go in this slice, what came of them, when a rejected one is
 * tried again.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.apply;
