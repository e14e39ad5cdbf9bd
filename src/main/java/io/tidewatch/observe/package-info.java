/** Reads raw objects into views, and links views into the chain of each target. Pure; nothing that is read here throws. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.observe;
