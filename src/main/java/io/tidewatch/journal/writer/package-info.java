/**
 * The one thread that brings the journal's file up to date with memory: when it writes, how it goes on after a failure, and what it
 * reports of the file. Nothing here knows SQL, or decides what is in memory.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.writer;
