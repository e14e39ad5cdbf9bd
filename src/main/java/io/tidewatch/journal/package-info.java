/**
 * The records that survive a restart: the diary, steps, incidents, and the outbox of messages. {@link io.tidewatch.journal.SafeJournal}
 * is what stages use; {@link io.tidewatch.journal.Journal} is the SQLite file behind it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal;
