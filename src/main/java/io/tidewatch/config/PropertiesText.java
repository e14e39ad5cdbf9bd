package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads a properties file into entries with their lines. */
final class PropertiesText {

    private PropertiesText() {}

    /** @param line at which the key stands, 1-based */
    record Entry(int line, String value) {}

    /** A key that is written twice is an error, and its first value is kept. */
    static Map<String, Entry> entries(String file, String text, ConfigurationProblems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i + 1;
            StringBuilder logical = new StringBuilder(lines[i]);
            while (isContinued(lines[i]) && i + 1 < lines.length) {
                i++;
                logical.append('\n').append(lines[i]);
            }
            loaded(logical.toString(), new Place(file, first, ""), problems).forEach((key, value) -> {
                Entry before = entries.putIfAbsent(key.toString(), new Entry(first, value.toString()));
                if (before != null) {
                    problems.error(
                            new Place(file, first, key.toString()),
                            "duplicate-key",
                            key + " is written twice; the first is on line " + before.line());
                }
            });
        }
        return entries;
    }

    private static Properties loaded(String logicalLine, Place place, ConfigurationProblems problems) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException e) {
            problems.error(place, "wrong-escape", "\\u needs four hexadecimal digits after it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** An odd number of backslashes at the end; a comment never continues. */
    private static boolean isContinued(String line) {
        String stripped = line.stripLeading();
        if (stripped.startsWith("#") || stripped.startsWith("!")) {
            return false;
        }
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
