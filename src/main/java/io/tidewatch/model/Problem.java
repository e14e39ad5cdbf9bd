package io.tidewatch.model;

/**
 * One problem of a definition or setting, with what a user needs to fix it.
 *
 * @param file path within the source
 * @param line 1-based
 * @param path the field, as {@code spec.windows[0].start}; empty where the whole document is meant
 * @param code stable kebab-case word for scripts
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, String path, Severity severity, String code, String message) {

    public Problem {
        path = StrangerText.line(path);
        message = StrangerText.line(message);
    }

    /** An error keeps its file's last good version in force; a warning changes nothing; a note says what nobody can or need change. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public boolean isNote() {
        return severity == Severity.NOTE;
    }
}
