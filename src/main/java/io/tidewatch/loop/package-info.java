/**
 * The stages that the routes call, and the alarms that wake the loop. A stage takes a pass and hands it on; a decision
 * is made in a pure package.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop;
