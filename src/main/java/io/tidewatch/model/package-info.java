/** Values that every package may hold: targets, bounds, faults, limits, a stranger's text. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model;
