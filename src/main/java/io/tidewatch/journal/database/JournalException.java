package io.tidewatch.journal.database;

/** The journal could not be read or written, or is no journal of Tidewatch. Nothing of the call was done. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the journal cannot be used, as far as it decides what to do next. */
    public enum Reason {
        /** The file is damaged or no journal of Tidewatch; it will never work again. */
        DAMAGED,

        /** Another process locks the journal; it works again when the lock is released. */
        LOCKED,

        /** The server does not answer, or ended the connection, as in each restart of it. */
        AWAY,

        /** Another process has taken over the writing; nothing of this process may be written. */
        SUPERSEDED,

        /** The file system is full; the journal works again when it has room. */
        FULL,

        /** The change cannot be written into any journal. */
        UNFIT,

        /** Anything else, such as a read-only file system or a missing permission; it may work again later. */
        UNAVAILABLE
    }

    public JournalException(String message) {
        this(message, Reason.UNAVAILABLE);
    }

    public JournalException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    public JournalException(String message, Throwable cause) {
        this(message, cause, Reason.UNAVAILABLE);
    }

    public JournalException(String message, Throwable cause, Reason reason) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The innermost cause, where a library wraps the exception of another. */
    public static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
