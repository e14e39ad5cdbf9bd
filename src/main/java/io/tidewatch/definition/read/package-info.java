/**
 * One file to the records of {@code model.definition}: a reader for each kind of document. Knows no other file but the
 * calendars it names. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.read;
