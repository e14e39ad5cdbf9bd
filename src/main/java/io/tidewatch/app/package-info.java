/**
 * Builds and wires the running process, watches the loop, and ends the process. Nothing here decides about a target.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app;
