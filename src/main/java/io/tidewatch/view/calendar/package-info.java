/** The changes ahead and the days that are skipped: what {@code preview} prints and the calendar of the page shows. Pure. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.view.calendar;
