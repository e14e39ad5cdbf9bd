package io.tidewatch.app.config;

import io.tidewatch.app.config.Findings.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code application.properties}. Each of our keys can be set in the environment too, which then counts; Camel's own keys
 * are handed on.
 */
final class SettingsReader {

    static final String FILE = "application.properties";

    static final String INSTANCE = "tidewatch.instance";
    static final String STATE_DIRECTORY = "tidewatch.state.directory";
    static final String KEEP = "tidewatch.state.keep";
    static final String RESYNC = "tidewatch.resync";
    static final String MAX_WRITES_PER_SECOND = "tidewatch.cluster.maxWritesPerSecond";
    static final String MAX_IN_FLIGHT = "tidewatch.cluster.maxInFlight";
    static final String CONTROLLER_NAMESPACES = "tidewatch.controllers.namespaces";
    static final String HTTP_ADDRESS = "tidewatch.http.address";

    static final List<String> KEYS = List.of(
            INSTANCE,
            STATE_DIRECTORY,
            KEEP,
            RESYNC,
            MAX_WRITES_PER_SECOND,
            MAX_IN_FLIGHT,
            CONTROLLER_NAMESPACES,
            HTTP_ADDRESS);

    private final Map<String, PropertiesText.Entry> entries;
    private final Findings findings;
    private final Placeholders placeholders;

    SettingsReader(String text, Findings findings, Placeholders placeholders) {
        this.findings = findings;
        this.placeholders = placeholders;
        this.entries = PropertiesText.entries(FILE, text, findings);
        refuseUnknown();
    }

    private void refuseUnknown() {
        entries.forEach((key, entry) -> {
            if (!KEYS.contains(key) && !key.startsWith("camel.")) {
                findings.error(
                        new Place(FILE, entry.line(), key),
                        "unknown-key",
                        key + " is not a setting of Tidewatch or Camel" + Nearest.hint(key, KEYS));
            }
        });
        if (value(HTTP_ADDRESS).isPresent()) {
            findings.notYet(place(HTTP_ADDRESS), HTTP_ADDRESS + " (pages and metrics over HTTP)");
        }
    }

    /** {@code tidewatch.cluster.maxInFlight} is {@code TIDEWATCH_CLUSTER_MAX_IN_FLIGHT}. */
    static String variable(String key) {
        return key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    <T> T setting(String key, Function<String, Optional<T>> parser, String wanted, T otherwise) {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        Optional<T> parsed = parser.apply(value.get());
        if (parsed.isEmpty()) {
            findings.error(place(key), "wrong-value", key + " must be " + wanted + ", not \"" + value.get() + "\"");
        }
        return parsed.orElse(otherwise);
    }

    Map<String, String> camel() {
        Map<String, String> camel = new TreeMap<>();
        entries.forEach((key, entry) -> {
            if (key.startsWith("camel.")) {
                placeholders
                        .resolved(entry.value(), new Place(FILE, entry.line(), key))
                        .ifPresent(value -> camel.put(key, value));
            }
        });
        return camel;
    }

    private Optional<String> value(String key) {
        Optional<String> set = placeholders.environment(variable(key));
        PropertiesText.@Nullable Entry entry = entries.get(key);
        if (set.isPresent() || entry == null) {
            return set;
        }
        return placeholders.resolved(entry.value().strip(), new Place(FILE, entry.line(), key));
    }

    private Place place(String key) {
        if (placeholders.environment(variable(key)).isPresent()) {
            return new Place("environment", 1, variable(key));
        }
        PropertiesText.@Nullable Entry entry = entries.get(key);
        return new Place(FILE, entry == null ? 1 : entry.line(), key);
    }
}
