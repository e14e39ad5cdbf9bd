/** The stages around Git: asking each source within its deadline, reading a commit, keeping the last good one. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop.source;
