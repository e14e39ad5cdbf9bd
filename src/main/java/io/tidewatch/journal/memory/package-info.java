/**
 * The memory that decides: what is needed of the journal without its file, and the changes that the file does not have yet. Nothing
 * here touches a disk, and everything is bounded by {@link io.tidewatch.model.Limits}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.journal.memory;
