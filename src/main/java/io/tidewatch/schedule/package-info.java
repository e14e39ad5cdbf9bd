/** Evaluates windows, zones and calendars: which bounds count at an instant, and when they change. Pure functions only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.schedule;
