/** What outlives the process: a diary of steps, incidents, and the alerts' outbox, in one SQLite file. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal;
