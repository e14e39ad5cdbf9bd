package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} by the variable or the file's text, so that the configuration needs
 * no secrets in it. Placeholders in a replacement are not replaced. The line break that ends a file is not part of its value.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private final Map<String, String> environment;
    private final Function<String, Optional<String>> fileReader;
    private final ConfigurationProblems problems;

    Placeholders(
            Map<String, String> environment,
            Function<String, Optional<String>> fileReader,
            ConfigurationProblems problems) {
        this.environment = environment;
        this.fileReader = fileReader;
        this.problems = problems;
    }

    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    Set<String> variables() {
        return new TreeSet<>(environment.keySet());
    }

    /** The text of a file; empty where it cannot be read. */
    Optional<String> file(String path) {
        return fileReader.apply(path);
    }

    /** Empty where a variable or file is missing, which is reported. */
    Optional<String> resolved(String written, Place place) {
        Matcher matcher = PLACEHOLDER.matcher(written);
        StringBuilder text = new StringBuilder();
        boolean whole = true;
        while (matcher.find()) {
            Optional<String> value = value(matcher.group(1), matcher.group(2), place);
            whole &= value.isPresent();
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
        }
        matcher.appendTail(text);
        return whole ? Optional.of(text.toString()) : Optional.empty();
    }

    /** Reads the value again, at a later time; a variable or file that is missing by then is not reported. */
    Optional<String> again(String written) {
        return new Placeholders(environment, fileReader, new ConfigurationProblems())
                .resolved(written, new Place("", 1, ""));
    }

    private Optional<String> value(String kind, String name, Place place) {
        if (kind.equals("env")) {
            Optional<String> value = environment(name);
            if (value.isEmpty()) {
                problems.error(place, "missing-variable", "the environment has no variable " + name);
            }
            return value;
        }
        Optional<String> value = fileReader.apply(name).map(text -> text.replaceFirst("\\R\\z", ""));
        if (value.isEmpty()) {
            problems.error(place, "missing-file", "there is no readable file " + name);
        }
        return value;
    }
}
