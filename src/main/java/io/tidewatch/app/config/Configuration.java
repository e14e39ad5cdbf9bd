package io.tidewatch.app.config;

import io.tidewatch.model.Alerting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operator sets.
 *
 * @param instance the name on objects that are ours to touch
 * @param stateDirectory outbox, journal and Git mirrors
 * @param keep how long the journal remembers what is over
 * @param camel properties that are Camel's own
 */
public record Configuration(
        String instance,
        Path stateDirectory,
        Duration keep,
        Duration resync,
        int maxWritesPerSecond,
        int maxInFlight,
        Set<String> controllerNamespaces,
        List<SourceConfig> sources,
        Alerting alerting,
        Map<String, String> camel) {

    public Configuration {
        controllerNamespaces = Set.copyOf(controllerNamespaces);
        sources = List.copyOf(sources);
        camel = Map.copyOf(camel);
    }
}
