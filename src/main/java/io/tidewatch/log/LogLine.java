package io.tidewatch.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event of the log.
 *
 * @param level {@code ERROR}, {@code WARN}, {@code INFO}, ...
 * @param event its code: that of the diary, or {@code log} for a line of a logger
 * @param fields its keys and values, in this order; keys are of letters
 */
record LogLine(Instant at, String level, String event, Map<String, String> fields) {

    /** Characters of one value; a thread dump may be longer. */
    private static final int LONGEST = 100_000;

    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static LogLine of(DiaryEntry entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        entry.target().map(Target::toString).ifPresent(target -> fields.put("target", target));
        fields.put("msg", entry.text());
        return new LogLine(entry.at(), EventLevel.of(entry.code()), entry.code(), fields);
    }

    /** {@code 2026-11-22T13:30:00.021Z INFO minimum-set target=shop/checkout msg="window peak opens"}. */
    String text() {
        StringBuilder line = new StringBuilder(INSTANT.format(at))
                .append(' ')
                .append(level)
                .append(' ')
                .append(event);
        fields.forEach((key, value) -> line.append(' ').append(key).append('=').append(quoted(shortened(value))));
        return line.toString();
    }

    /** The same as a JSON object in one line. */
    String json() {
        Map<String, String> object = new LinkedHashMap<>();
        object.put("at", INSTANT.format(at));
        object.put("level", level);
        object.put("event", event);
        fields.forEach((key, value) -> object.put(key, shortened(value)));
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static String shortened(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end) + "…";
    }

    /** A value as in logfmt: in quotes where it is more than one word. */
    private static String quoted(String value) {
        if (!value.isEmpty() && value.chars().noneMatch(LogLine::needsQuotes)) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (Character.isISOControl(character)) {
                        quoted.append(String.format("\\u%04x", character));
                    } else {
                        quoted.append((char) character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean needsQuotes(int character) {
        return character <= ' '
                || character == '"'
                || character == '='
                || character == '\\'
                || Character.isISOControl(character);
    }
}
