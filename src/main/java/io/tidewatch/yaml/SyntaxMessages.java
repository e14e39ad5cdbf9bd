package io.tidewatch.yaml;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns an error of the YAML parser into a message: what is wrong, and how to fix it. */
final class SyntaxMessages {

    private static final String NOT_YAML = "not-yaml";
    private static final char NO_BREAK_SPACE = '\u00A0';

    /** Signs that YAML keeps for itself at the beginning of a value. */
    private static final Set<String> SIGNS = Set.of("*", "&", "@", "`", "%", "!");

    private SyntaxMessages() {}

    static UnreadableText of(YAMLException e, YamlText.Part part) {
        if (e instanceof ReaderException reader) {
            return character(reader, part);
        }
        if (e instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark() != null ? marked.getProblemMark() : marked.getContextMark();
            return marked(marked, mark, part);
        }
        return new UnreadableText(part.firstLine(), NOT_YAML, "not YAML: " + firstLine(e.getMessage()));
    }

    private static UnreadableText character(ReaderException e, YamlText.Part part) {
        int at = part.text()
                .offsetByCodePoints(
                        0,
                        Math.min(
                                e.getPosition(),
                                part.text().codePointCount(0, part.text().length())));
        int line = part.firstLine() + YamlText.lines(part.text().substring(0, at)).length - 1;
        return new UnreadableText(
                line,
                "control-character",
                String.format(
                        Locale.ROOT,
                        "the character U+%04X is not allowed in YAML; delete it or write it as an escape in double quotes",
                        e.getCodePoint()));
    }

    private static UnreadableText marked(MarkedYAMLException e, @Nullable Mark mark, YamlText.Part part) {
        int inPart = mark == null ? 0 : mark.getLine();
        String[] lines = YamlText.lines(part.text());
        String written = inPart < lines.length ? lines[inPart] : "";
        int line = part.firstLine() + inPart;
        String problem = firstLine(e.getProblem());
        if (problem.contains("\\t(TAB)") || indent(written).contains("\t")) {
            return new UnreadableText(line, "tab", "YAML does not allow tabs in the indentation; indent with spaces");
        }
        if (written.contains("{{")) {
            return new UnreadableText(
                    line,
                    NOT_YAML,
                    "not YAML: this looks like a template; point the source at rendered manifests, or at another path");
        }
        Optional<String> sign = unquotedSign(problem, written, mark);
        if (sign.isPresent()) {
            return new UnreadableText(
                    line,
                    NOT_YAML,
                    "not YAML: a value that begins with " + sign.get() + " must be in quotes; write it as "
                            + Quoted.of(sign.get() + "…"));
        }
        Optional<Integer> wide = wideSpace(lines, inPart);
        if (wide.isPresent()) {
            return new UnreadableText(
                    part.firstLine() + wide.get(),
                    NOT_YAML,
                    "not YAML: this line is indented with a no-break space (U+00A0), as web pages have it; indent with spaces");
        }
        return new UnreadableText(line, NOT_YAML, "not YAML: " + hint(problem, e));
    }

    /** The sign of YAML's own with which a plain value begins, as the star of a cron does. */
    private static Optional<String> unquotedSign(String problem, String written, @Nullable Mark mark) {
        boolean isOfSign =
                problem.contains("cannot start any token") || problem.startsWith("unexpected character found");
        if (!isOfSign || mark == null) {
            return Optional.empty();
        }
        int at = Math.min(mark.getColumn(), written.length());
        return Stream.of(at, at - 1)
                .filter(place -> place >= 0 && place < written.length())
                .map(place -> written.substring(place, place + 1))
                .filter(SIGNS::contains)
                .findFirst();
    }

    /** Counted from 0 in the part; at the line of the error or the one before it. */
    private static Optional<Integer> wideSpace(String[] lines, int inPart) {
        return Stream.of(inPart, inPart - 1)
                .filter(line -> line >= 0 && line < lines.length)
                .filter(line -> beginsWithWideSpace(lines[line]))
                .findFirst();
    }

    private static boolean beginsWithWideSpace(String line) {
        return line.chars().filter(c -> c != ' ').limit(1).anyMatch(c -> c == NO_BREAK_SPACE);
    }

    private static String hint(String problem, MarkedYAMLException e) {
        if (problem.contains("mapping values are not allowed")) {
            return "a second \": \" on one line, or a line indented too far; quote the value, or fix the indentation";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a line that is neither \"key: value\" nor \"- item\"; add the colon, or fix the indentation";
        }
        if (problem.startsWith("expected <block end>")) {
            return "this line is indented differently from those it belongs to; align it with its neighbours";
        }
        if (problem.startsWith("expected ',' or")) {
            return "a list or object in brackets is not closed; add the missing comma or bracket";
        }
        if (problem.contains("unexpected end of stream")) {
            return "a quoted text that begins at line " + startLine(e)
                    + " of this document is not closed; add the missing quote";
        }
        return problem + "; fix this line, or quote the value";
    }

    private static String startLine(MarkedYAMLException e) {
        return e.getContextMark() == null
                ? "?"
                : String.valueOf(e.getContextMark().getLine() + 1);
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("").strip();
    }
}
