package io.tidewatch.journal;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteErrorCode;

/** The journal could not be read or written, or is somebody else's; what was asked for did not happen, not even in part. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What keeps the journal from its work, as far as it decides what to do next. */
    public enum Reason {
        /** The file is damaged or no journal of Tidewatch: it will never work again. */
        DAMAGED,

        /** Another process holds it; it works again when that one lets go. */
        LOCKED,

        /** No room on the file system; it works again when there is some. */
        FULL,

        /** What was to be written cannot be written into any journal. */
        UNFIT,

        /** Anything else, such as a read-only file system or a missing permission; it may work again later. */
        UNAVAILABLE
    }

    JournalException(String message) {
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

    JournalException(String message, Throwable cause) {
        super(message, cause);
        this.reason = reasonOf(cause);
    }

    public Reason reason() {
        return reason;
    }

    /** What a library that wraps others was told in the first place. */
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
