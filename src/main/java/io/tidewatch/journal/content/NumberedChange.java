package io.tidewatch.journal.content;

/** A change with its number in this process, one more than the change before. */
public record NumberedChange(long number, Change change) {}
