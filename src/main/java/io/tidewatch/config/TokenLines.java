package io.tidewatch.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of a file of tokens: {@code TOKEN NAMESPACE,NAMESPACE}, or {@code TOKEN *}. Empty lines and those behind a # do not count. */
public final class TokenLines {

    /** The most tokens of one file: each request is compared with all of them. */
    static final int MOST = 200;

    private static final String ALL = "*";
    private static final String TOKEN = "[!-~]{8,512}";
    private static final String NAMESPACE = "[a-z0-9-]{1,63}";

    private TokenLines() {}

    /** Which namespaces each token sees; absent namespaces: all. */
    public static Map<String, Optional<Set<String>>> read(String text) {
        Map<String, Optional<Set<String>>> tokens = new LinkedHashMap<>();
        lines(text).forEach(line -> {
            String[] parts = line.split("\\s+", 2);
            if (isLine(line)) {
                tokens.put(
                        parts[0],
                        parts[1].equals(ALL)
                                ? Optional.empty()
                                : Optional.of(Stream.of(parts[1].split(",", -1)).collect(Collectors.toSet())));
            }
        });
        return tokens;
    }

    /** What is wrong with the text, with the number of the line; empty where nothing is. */
    static Optional<String> problem(String text) {
        int number = 0;
        int tokens = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                tokens++;
                if (!isLine(line)) {
                    return Optional.of("line " + number
                            + " must be a token of at least 8 letters, digits or punctuation, a space, and namespaces"
                            + " separated by commas, or * for all");
                }
            }
        }
        if (tokens == 0) {
            return Optional.of("there is no token in it");
        }
        return tokens > MOST ? Optional.of("there are more than " + MOST + " tokens in it") : Optional.empty();
    }

    private static boolean isLine(String line) {
        String[] parts = line.split("\\s+", 2);
        return parts.length == 2
                && parts[0].matches(TOKEN)
                && (parts[1].equals(ALL)
                        || Stream.of(parts[1].split(",", -1)).allMatch(name -> name.matches(NAMESPACE)));
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
}
