/**
 * The tables of the journal's file: one class for the SQL of each table, on a connection and in a transaction of the caller. Nothing
 * here opens a file, begins a transaction or keeps a row in memory.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.table;
