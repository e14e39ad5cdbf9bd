/**
 * The journal's file in the state directory: opening, transactions, size, damage, and who may read it. Each use takes as long as the
 * disk takes, and throws where the disk fails. Nothing here decides what to do about a failure, or starts a thread.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.file;
