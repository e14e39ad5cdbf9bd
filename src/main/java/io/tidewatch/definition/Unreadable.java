package io.tidewatch.definition;

/** A document cannot be read on from here; carries what a {@link io.tidewatch.model.Problem} needs. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String code;

    Unreadable(int line, String code, String message) {
        super(message, null, false, false);
        this.line = line;
        this.code = code;
    }

    int line() {
        return line;
    }

    String code() {
        return code;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
