/**
 * The journal's schema in a PostgreSQL that replicas share: connections with bounded waits, migrations, and what the errors of the
 * server mean. Nothing here decides what to do about a failure, or starts a thread.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.server;
