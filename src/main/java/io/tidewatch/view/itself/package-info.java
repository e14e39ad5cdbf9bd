/** Tidewatch itself and its sources: is the tool alive, and what does it work from? Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.itself;
