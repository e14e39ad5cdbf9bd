package io.tidewatch.config;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.SecretText;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of an installation.
 *
 * @param instance the name of this Tidewatch, which it writes on the objects that it changes
 * @param stateDirectory the folder of outbox, journal and Git mirrors
 * @param keep how long the journal keeps steps and resolved incidents
 * @param maxSize bytes of the journal; the oldest steps and resolved incidents are deleted first
 * @param database where replicas share the journal; without it, the journal is a file in the state directory
 * @param leaderElection which of several replicas writes
 * @param schemas the fields of Argo Rollouts and KEDA that manifests are compared with
 * @param http where a running reconciler serves its status
 * @param management where it serves liveness, readiness and metrics
 * @param logFormat the format of the lines of {@code run}
 * @param camel properties that are Camel's own
 */
public record Configuration(
        String instance,
        Path stateDirectory,
        Duration keep,
        long maxSize,
        Optional<SharedState> database,
        Duration resync,
        int maxWritesPerSecond,
        int maxInFlight,
        LeaderElection leaderElection,
        Set<String> controllerNamespaces,
        Schemas schemas,
        Http http,
        Management management,
        LogFormat logFormat,
        List<SourceConfig> sources,
        Alerting alerting,
        Map<String, String> camel) {

    /** The default of the limit of the journal's file, in bytes; a night of a thousand targets needs about 1 MiB. */
    static final long JOURNAL_SIZE = 256L << 20;

    public Configuration {
        controllerNamespaces = Set.copyOf(controllerNamespaces);
        sources = List.copyOf(sources);
        camel = Map.copyOf(camel);
    }

    /** With the defaults of the other settings: the journal in a file, the newest known fields, the default address for health. */
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
                JOURNAL_SIZE,
                Optional.empty(),
                resync,
                maxWritesPerSecond,
                maxInFlight,
                LeaderElection.DEFAULT,
                controllerNamespaces,
                Schemas.NEWEST,
                http,
                Management.DEFAULT,
                LogFormat.AUTO,
                sources,
                alerting,
                camel);
    }

    /**
     * The election among the replicas of this instance.
     *
     * @param namespace of the Lease; empty: the namespace of this pod, or of the current kubeconfig context
     */
    public record LeaderElection(Enabled enabled, Optional<String> namespace) {

        public static final LeaderElection DEFAULT = new LeaderElection(Enabled.AUTO, Optional.empty());

        /** Whether there is an election. */
        public enum Enabled {
            /** Where the Lease may be written. */
            AUTO,
            /** Nothing is written without the Lease. */
            TRUE,
            /** This process is alone. */
            FALSE
        }
    }

    /**
     * Health and metrics of the process.
     *
     * @param windowMetrics whether each window has a series of its own
     */
    public record Management(InetSocketAddress address, boolean windowMetrics) {

        private static final int DEFAULT_PORT = 8711;

        /** Loopback, the default port. */
        public static final Management DEFAULT =
                new Management(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT), false);
    }

    /** The format of the lines of {@code run}. */
    public enum LogFormat {
        /** Lines for people on a terminal; elsewhere {@code TEXT}. */
        AUTO,
        /** One line for each event: instant, level, code, {@code key=value}. */
        TEXT,
        /** One JSON object for each event, on one line. */
        JSON
    }

    /**
     * A PostgreSQL that replicas share.
     *
     * @param jdbcUrl without a login in it
     * @param username the name of the process's user where it is empty
     */
    public record SharedState(String jdbcUrl, Optional<SecretText> username, Optional<SecretText> password) {}

    /**
     * Where a running reconciler serves its page and its API. Its text form leaves the tokens out.
     *
     * @param access who may look; guarded where the address is not loopback
     * @param publicUrl where people find the page, for links in messages; without a slash at its end
     */
    public record Http(InetSocketAddress address, HttpAccess access, Optional<String> publicUrl) {

        public static final int DEFAULT_PORT = 8710;

        /** Loopback, the default port, no token. */
        public static final Http DEFAULT =
                new Http(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT), Optional.empty());

        /** @param token what a client must send, and then sees everything */
        public Http(InetSocketAddress address, Optional<SecretText> token) {
            this(address, new HttpAccess(token, Optional.empty(), Optional.empty()), Optional.empty());
        }

        /** The token that sees everything. */
        public Optional<SecretText> token() {
            return access.token();
        }

        @Override
        public String toString() {
            return "Http[" + address + "]";
        }
    }
}
