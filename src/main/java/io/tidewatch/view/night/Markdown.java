package io.tidewatch.view.night;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pieces of Markdown (CommonMark, with the tables of GitHub and GitLab). Text of strangers is escaped, so that it reads as it is: no
 * picture, no HTML, no end of its cell, and no link but to an address that is read in full.
 */
final class Markdown {

    /** What Markdown gives a meaning anywhere in a line; a backslash takes it away. Dollars are for formulas on GitHub and GitLab. */
    private static final String ANYWHERE = "\\`*_[]<|~&$";

    /** What has a meaning at the beginning alone. */
    private static final String AT_THE_BEGINNING = "#>+-=";

    private Markdown() {}

    /** One line of plain text. */
    static String text(String plain) {
        StringBuilder escaped = new StringBuilder(plain.length() + 8);
        for (int i = 0; i < plain.length(); i++) {
            char character = plain.charAt(i);
            boolean begins = i == 0 && AT_THE_BEGINNING.indexOf(character) >= 0;
            if (ANYWHERE.indexOf(character) >= 0 || begins) {
                escaped.append('\\');
            }
            escaped.append(character == '\n' || character == '\r' ? ' ' : character);
        }
        return escaped.toString();
    }

    /** Items, one to a line; they are Markdown already. */
    static String list(List<String> items) {
        return items.stream().map(item -> "- " + item + "\n").collect(Collectors.joining());
    }

    /** A row of a table; its cells are Markdown already. */
    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** A table; its cells are Markdown already. */
    static String table(List<String> head, List<List<String>> rows) {
        return row(head)
                + "|" + "---|".repeat(head.size()) + "\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }
}
