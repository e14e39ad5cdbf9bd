package io.tidewatch.playground.sim;

/** Thrown when the API server rejected a request, or could not be reached (code 0). */
final class ApiRejection extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    ApiRejection(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The HTTP status, or 0 when there was no answer. */
    int code() {
        return code;
    }

    boolean isConflict() {
        return code == 409;
    }

    boolean isGone() {
        return code == 404;
    }
}
