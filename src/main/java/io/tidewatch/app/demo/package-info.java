/** One night on the playground, told as it happens, with the same routes and wiring as a real one. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.app.demo;
