/** iCalendar text to the dates that it means. Bounded work, whatever the text. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.definition.calendar;
