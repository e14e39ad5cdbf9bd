package io.tidewatch.config;

import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.yaml.Nearest;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code alerts.yaml}: the receivers, and which incidents each gets. */
final class AlertsReader {

    static final String FILE = "alerts.yaml";
    static final Set<String> FIELDS = Set.of("receivers", "routes", "default", "digest");
    static final Set<String> ROUTE_FIELDS = Set.of("namespaces", "severities", "receivers");
    static final Set<String> DIGEST_FIELDS = Set.of("at", "timeZone", "receivers");

    private final ConfigurationProblems problems;
    private final Set<String> names = new TreeSet<>();

    AlertsReader(ConfigurationProblems problems) {
        this.problems = problems;
    }

    Alerting read(Section top) {
        List<Section> sections = top.sections("receivers", ReceiverReader.FIELDS);
        Section.distinct(sections, problems);
        ReceiverReader reader = new ReceiverReader(problems);
        List<Receiver> receivers = new ArrayList<>();
        for (Section section : sections) {
            section.text("name").ifPresent(names::add);
            reader.read(section).ifPresent(receivers::add);
        }
        List<Alerting.Route> routes =
                top.sections("routes", ROUTE_FIELDS).stream().map(this::route).toList();
        List<String> defaults = known(top, "default");
        if (!top.has("default") && !names.isEmpty()) {
            problems.warning(
                    top.at("default"),
                    "no-default",
                    "an incident that no route matches is sent to nobody; write default: [RECEIVER]");
        }
        Optional<Alerting.Digest> digest = top.section("digest", DIGEST_FIELDS).flatMap(this::digest);
        return new Alerting(receivers, routes, defaults, digest);
    }

    private Alerting.Route route(Section section) {
        Set<Severity> severities = EnumSet.noneOf(Severity.class);
        for (String written : section.texts("severities")) {
            severity(written)
                    .ifPresentOrElse(
                            severities::add,
                            () -> problems.error(
                                    section.at("severities"),
                                    "wrong-value",
                                    written + " is not a severity; write info, warning or critical"));
        }
        return new Alerting.Route(Set.copyOf(section.texts("namespaces")), severities, needed(section));
    }

    private static Optional<Severity> severity(String written) {
        for (Severity severity : Severity.values()) {
            if (severity.name().toLowerCase(Locale.ROOT).equals(written)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    private Optional<Alerting.Digest> digest(Section section) {
        for (String field : List.of("at", "timeZone")) {
            if (!section.has(field)) {
                section.missing(field, "a digest needs at, timeZone and receivers");
            }
        }
        Optional<LocalTime> at = section.parsed("at", Values::timeOfDay, "a time of day like \"08:00\"");
        Optional<ZoneId> zone = new ZoneReader(problems).read(section);
        List<String> receivers = needed(section);
        return at.flatMap(time -> zone.map(place -> new Alerting.Digest(time, place, receivers)));
    }

    private List<String> needed(Section section) {
        List<String> receivers = known(section, "receivers");
        if (receivers.isEmpty()) {
            section.missing("receivers", "name at least one receiver");
        }
        return receivers;
    }

    private List<String> known(Section section, String field) {
        List<String> written = section.texts(field);
        for (String name : written) {
            if (!names.contains(name)) {
                problems.error(
                        section.at(field),
                        "unknown-receiver",
                        "there is no receiver " + name + Nearest.hint(name, names));
            }
        }
        return written;
    }
}
