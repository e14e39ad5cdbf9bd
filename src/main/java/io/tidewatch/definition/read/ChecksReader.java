package io.tidewatch.definition.read;

import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Checks.BeforeDown;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.yaml.Choices;
import io.tidewatch.yaml.DurationText;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a step is checked, and what may be done about a lag. */
final class ChecksReader {

    private static final Map<String, BeforeDown> BEFORE_DOWN =
            Choices.of("Require", BeforeDown.REQUIRE, "Skip", BeforeDown.SKIP);
    private static final Map<String, RemedyPolicy.Type> TYPES =
            Choices.of(RemedyPolicy.Type.values(), RemedyPolicy.Type::word);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration SHORTEST_EXTENSION = Duration.ofMinutes(1);
    private static final Duration LONGEST_EXTENSION = Duration.ofSeconds(Limits.EXTENSION_SECONDS);

    private final Findings findings;

    ChecksReader(Findings findings) {
        this.findings = findings;
    }

    Checks checks(Fields spec) {
        Optional<Fields> checks = spec.object("checks", List.of("beforeDown", "follow", "timeout", "staleGrace"));
        if (checks.isEmpty()) {
            return Checks.DEFAULT;
        }
        Fields fields = checks.get();
        BeforeDown beforeDown = fields.optional("beforeDown")
                .flatMap(place -> fields.oneOf(place, BEFORE_DOWN))
                .orElse(Checks.DEFAULT.beforeDown());
        return new Checks(
                beforeDown,
                duration(fields, "follow", Checks.DEFAULT.follow()),
                duration(fields, "timeout", Checks.DEFAULT.timeout()),
                duration(fields, "staleGrace", Checks.DEFAULT.staleGrace()));
    }

    List<RemedyPolicy> remedies(Fields spec) {
        List<RemedyPolicy> remedies = new ArrayList<>();
        for (Place item : spec.items("remedies", Limits.REMEDIES)) {
            Fields.strict(item, findings, List.of("type", "attempts", "every", "by"))
                    .flatMap(this::remedy)
                    .ifPresent(remedy -> addOnce(remedies, remedy, item));
        }
        return remedies;
    }

    private void addOnce(List<RemedyPolicy> remedies, RemedyPolicy remedy, Place item) {
        if (remedies.stream().anyMatch(r -> r.type() == remedy.type())) {
            findings.error(
                    item, "duplicate-remedy", "this remedy is already listed above; keep one and raise its attempts");
            return;
        }
        remedies.add(remedy);
    }

    private Optional<RemedyPolicy> remedy(Fields fields) {
        Optional<Place> place = fields.required("type", "type: NudgeReplicaSets");
        Optional<RemedyPolicy.Type> type = place.flatMap(p -> fields.oneOf(p, TYPES));
        int attempts = fields.integer("attempts", 1, Limits.ATTEMPTS)
                .orElse(type.map(RemedyPolicy.Type::defaultAttempts).orElse(1));
        Duration every = duration(fields, "every", EVERY);
        Duration by = by(fields, type);
        return type.map(t -> new RemedyPolicy(t, attempts, every, by));
    }

    private Duration by(Fields fields, Optional<RemedyPolicy.Type> type) {
        Optional<Place> written = fields.optional("by");
        Optional<Duration> by = fields.duration("by", DurationText::parsePositive);
        boolean isOutOfBounds = by.filter(
                        length -> length.compareTo(SHORTEST_EXTENSION) < 0 || length.compareTo(LONGEST_EXTENSION) > 0)
                .isPresent();
        boolean isOfOther = by.isPresent()
                && type.filter(t -> t != RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE)
                        .isPresent();
        if (isOfOther) {
            written.ifPresent(place -> findings.error(
                    place, "by-without-deadline", "only ExtendProgressDeadline has \"by\"; leave it out here"));
        } else if (isOutOfBounds) {
            written.ifPresent(
                    place -> findings.error(
                            place,
                            "wrong-extension",
                            "\"" + fields.text(place).orElse("")
                                    + "\" is too long or too short to add to a progress deadline; write 10m, at least 1m, at most 6h"));
        }
        return by.orElse(RemedyPolicy.EXTENSION);
    }

    private static Duration duration(Fields fields, String name, Duration otherwise) {
        return fields.duration(name, DurationText::parsePositive).orElse(otherwise);
    }
}
