package io.tidewatch.journal.file;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteErrorCode;

/** The journal's file could not be read or written, or is no journal of Tidewatch. Nothing of the call was done. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the file cannot be used, as far as it decides what to do next. */
    public enum Reason {
        /** The file is damaged or no journal of Tidewatch; it will never work again. */
        DAMAGED,

        /** Another process locks the file; it works again when the lock is released. */
        LOCKED,

        /** The file system is full; the file works again when it has room. */
        FULL,

        /** The change cannot be written into any journal. */
        UNFIT,

        /** Anything else, such as a read-only file system or a missing permission; it may work again later. */
        UNAVAILABLE
    }

    public JournalException(String message) {
        super(message);
        this.reason = Reason.UNAVAILABLE;
    }

    private JournalException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    static JournalException damaged(String message) {
        return new JournalException(message, Reason.DAMAGED);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
        this.reason = reasonOf(cause);
    }

    public Reason reason() {
        return reason;
    }

    /** The innermost cause, where a library wraps the exception of another. */
    static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Reason reasonOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return reasonOf(SQLiteErrorCode.getErrorCode(sql.getErrorCode() & 0xff));
            }
        }
        return thrown instanceof FlywayException ? Reason.DAMAGED : Reason.UNAVAILABLE;
    }

    private static Reason reasonOf(SQLiteErrorCode primary) {
        return switch (primary) {
            case SQLITE_CORRUPT, SQLITE_NOTADB -> Reason.DAMAGED;
            case SQLITE_BUSY, SQLITE_LOCKED -> Reason.LOCKED;
            case SQLITE_FULL -> Reason.FULL;
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> Reason.UNFIT;
            default -> Reason.UNAVAILABLE;
        };
    }
}
