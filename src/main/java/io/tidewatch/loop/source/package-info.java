/**
 * The stages around Git: pulling each source within its deadline, reading commits, setting a commit aside. The package {@code
 * definition} reads what a commit defines.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.source;
