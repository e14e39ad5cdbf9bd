package io.tidewatch.model.definition;

import io.tidewatch.model.Severity;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The receivers of incidents and digests. Every name in here is the name of one of {@code receivers}.
 *
 * @param routes the first that matches wins; a schedule's own receivers win over all of them
 * @param defaults the receivers of what no route matches
 * @param digest when the night's quiet lines are sent; empty: never
 * @param page where people find the page, without a slash at its end; empty: messages have no link
 */
public record Alerting(
        List<Receiver> receivers,
        List<Route> routes,
        List<String> defaults,
        Optional<Digest> digest,
        Optional<String> page) {

    /** No receivers: nothing is sent. */
    public static final Alerting NOBODY = new Alerting(List.of(), List.of(), List.of(), Optional.empty());

    public Alerting {
        receivers = List.copyOf(receivers);
        routes = List.copyOf(routes);
        defaults = List.copyOf(defaults);
    }

    /** Without a page. */
    public Alerting(List<Receiver> receivers, List<Route> routes, List<String> defaults, Optional<Digest> digest) {
        this(receivers, routes, defaults, digest, Optional.empty());
    }

    /** The same, with links to the page. */
    public Alerting linkingTo(Optional<String> url) {
        return new Alerting(receivers, routes, defaults, digest, url);
    }

    /** Of all receivers. */
    public Set<String> names() {
        return receivers.stream().map(Receiver::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Which incidents go to which receivers.
     *
     * @param namespaces of the target; empty: any
     * @param severities of the incident; empty: any
     */
    public record Route(Set<String> namespaces, Set<Severity> severities, List<String> receivers) {

        public Route {
            namespaces = Set.copyOf(namespaces);
            severities = Set.copyOf(severities);
            receivers = List.copyOf(receivers);
        }
    }

    /**
     * One message a day with the stale statuses that a remedy cured without an incident.
     *
     * @param at local time in {@code timeZone}
     */
    public record Digest(LocalTime at, ZoneId timeZone, List<String> receivers) {

        public Digest {
            receivers = List.copyOf(receivers);
        }
    }
}
