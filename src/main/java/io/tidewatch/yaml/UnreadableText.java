package io.tidewatch.yaml;

/** Thrown where a document cannot be read further, with what a {@link io.tidewatch.model.Problem} needs. */
public final class UnreadableText extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String code;

    UnreadableText(int line, String code, String message) {
        super(message, null, false, false);
        this.line = line;
        this.code = code;
    }

    public int line() {
        return line;
    }

    public String code() {
        return code;
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
