/** Tidewatch: the desired floor of a ScaledObject is a function of Git and the clock; live objects prove that it is met. */
@org.jspecify.annotations.NullMarked
package io.tidewatch;
