/**
 * The running process: the parts built and wired together, what watches the loop, and the end of the process. Nothing here
 * decides anything about a target.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app;
