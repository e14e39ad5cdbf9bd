package io.tidewatch.journal.content;

/** What a process does with a journal that others may write too. */
public enum Duty {
    /** It writes the journal, and sends its messages. */
    LEAD,

    /** It only reads, and is ready to lead. */
    STAND_BY
}
