/** The demo: a night on the playground, played fast, with its promises checked at the end. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.demo;
