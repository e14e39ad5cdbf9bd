package io.tidewatch.journal;

/** The journal could not be read or written, or is somebody else's; what was asked for did not happen, not even in part. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
