/** Tidewatch: Git and the clock define the desired minimum of a ScaledObject, and live objects prove that it is met. */
@org.jspecify.annotations.NullMarked
package io.tidewatch;
