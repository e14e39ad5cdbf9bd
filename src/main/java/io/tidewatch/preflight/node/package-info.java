/** Whether the scheduler finds a node for another pod of a target, as far as its own words prove it. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.preflight.node;
