/** Main, wiring, the clock and the command line; it holds no logic. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app;
