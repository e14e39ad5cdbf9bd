/** Reads iCalendar text to dates. The work is bounded, whatever the text. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.calendar;
