package io.tidewatch.journal.content;

/** Receives how the journal is. It is called from several threads, and must not call the journal. */
public interface JournalListener {

    /** The journal does not work; called once until {@link #well}. */
    void trouble(String summary);

    /**
     * The journal has not answered for a few seconds, without a failure; {@link #trouble} or {@link #well} follows when it
     * does.
     */
    default void late(String summary) {}

    /** The journal works: called once after the start, and once after each {@link #trouble} and {@link #late}. */
    void well(String summary);
}
