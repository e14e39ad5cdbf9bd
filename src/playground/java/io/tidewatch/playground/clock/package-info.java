/** The playground's own time: simulated, faster or slower than the wall's, and able to leap. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.playground.clock;
