/** The demo: one night on the playground in fast motion, whose results are checked at the end. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.demo;
