/**
 * The records that survive a restart: the diary, steps, incidents, and the outbox of messages. {@link io.tidewatch.journal.SafeJournal}
 * is what the rest of Tidewatch uses, and {@link io.tidewatch.journal.StateLock} keeps other processes out of the directory.
 *
 * <p>Behind them, from the bottom up: {@code content} holds the values, {@code table} the SQL, {@code database} what every database needs,
 * {@code file} the SQLite file, {@code server} the PostgreSQL, {@code memory} what is needed without either, and {@code writer} the thread
 * that brings the database up to date with memory.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal;
