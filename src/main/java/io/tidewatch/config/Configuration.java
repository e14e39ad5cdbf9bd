package io.tidewatch.config;

import io.tidewatch.journal.Journal;
import io.tidewatch.model.definition.Alerting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator sets.
 *
 * @param instance the name on objects that are ours to touch
 * @param stateDirectory outbox, journal and Git mirrors
 * @param keep how long the journal remembers what is over
 * @param maxSize bytes of the journal; the oldest of what is over goes first
 * @param http where a running reconciler answers
 * @param management where it is asked whether it lives and is ready
 * @param logFormat how the lines of {@code run} look
 * @param camel properties that are Camel's own
 */
public record Configuration(
        String instance,
        Path stateDirectory,
        Duration keep,
        long maxSize,
        Duration resync,
        int maxWritesPerSecond,
        int maxInFlight,
        Set<String> controllerNamespaces,
        Http http,
        InetSocketAddress management,
        LogFormat logFormat,
        List<SourceConfig> sources,
        Alerting alerting,
        Map<String, String> camel) {

    private static final int MANAGEMENT_PORT = 8711;

    /** Loopback, the default port. */
    public static final InetSocketAddress MANAGEMENT = InetSocketAddress.createUnresolved("127.0.0.1", MANAGEMENT_PORT);

    public Configuration {
        controllerNamespaces = Set.copyOf(controllerNamespaces);
        sources = List.copyOf(sources);
        camel = Map.copyOf(camel);
    }

    /** One whose health nobody asks, with a journal of the usual size. */
    public Configuration(
            String instance,
            Path stateDirectory,
            Duration keep,
            Duration resync,
            int maxWritesPerSecond,
            int maxInFlight,
            Set<String> controllerNamespaces,
            Http http,
            List<SourceConfig> sources,
            Alerting alerting,
            Map<String, String> camel) {
        this(
                instance,
                stateDirectory,
                keep,
                Journal.DEFAULT_MAX_SIZE,
                resync,
                maxWritesPerSecond,
                maxInFlight,
                controllerNamespaces,
                http,
                MANAGEMENT,
                LogFormat.AUTO,
                sources,
                alerting,
                camel);
    }

    /** How the lines of {@code run} look. */
    public enum LogFormat {
        /** For people on a terminal, else {@code TEXT}. */
        AUTO,
        /** One line an event: instant, level, code, {@code key=value}. */
        TEXT,
        /** The same as one JSON object a line. */
        JSON
    }

    /**
     * Where a running reconciler answers; never shows its token.
     *
     * @param token asked for; must be there where the address is not loopback
     */
    public record Http(InetSocketAddress address, Optional<String> token) {

        public static final int DEFAULT_PORT = 8710;

        /** Loopback, the default port, no token. */
        public static final Http DEFAULT =
                new Http(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT), Optional.empty());

        @Override
        public String toString() {
            return "Http[" + address + "]";
        }
    }
}
