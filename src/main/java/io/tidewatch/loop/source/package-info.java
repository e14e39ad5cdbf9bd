/**
 * The stages around Git: pulling each source within its deadline, reading commits, setting a commit aside. What a commit
 * means is decided in {@code definition}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.source;
