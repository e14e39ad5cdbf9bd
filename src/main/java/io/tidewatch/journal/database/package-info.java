/**
 * The journal's tables in a database, whichever database it is: transactions, what a failure means, and the bound of the size. Each use
 * takes as long as the database takes, and throws where it fails. {@link io.tidewatch.journal.database.Engine} is all in which the
 * databases differ.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.database;
