/** Windows, zones and calendars as pure questions: what counts at an instant, and when that changes. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.schedule;
