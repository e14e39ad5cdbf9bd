package io.tidewatch.cluster;

/** This process may not write any more: another replica leads, or may. */
final class NotLeadingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotLeadingException(String message) {
        super(message);
    }
}
