/**
 * Reads one file to the records of {@code model.definition}, with a reader for each kind of document. Knows no other file but
 * the calendars that the file names. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.read;
