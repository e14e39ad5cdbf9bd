package io.tidewatch.definition.read;

import io.tidewatch.model.Limits;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.AlertRouting;
import io.tidewatch.model.definition.ScaleSchedule.Baseline;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.model.definition.Window;
import io.tidewatch.yaml.Choices;
import io.tidewatch.yaml.DurationText;
import io.tidewatch.yaml.Fields;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import io.tidewatch.yaml.TimeZoneText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the spec of a ScaleSchedule. */
final class ScheduleReader {

    static final List<String> SPEC = List.of(
            "scaledObjectRef",
            "scaledObjectSelector",
            "hpaRef",
            "timeZone",
            "suspend",
            "baseline",
            "windows",
            "ramp",
            "checks",
            "onConflict",
            "preflight",
            "freezeRollouts",
            "remedies",
            "alerts");
    private static final Duration LONGEST_PREFLIGHT = Duration.ofDays(1);
    private static final Map<String, ConflictPolicy> CONFLICT_POLICIES =
            Choices.of("Adopt", ConflictPolicy.ADOPT, "Report", ConflictPolicy.REPORT, "Force", ConflictPolicy.FORCE);
    private static final Map<String, Severity> SEVERITIES =
            Choices.of("critical", Severity.CRITICAL, "warning", Severity.WARNING, "info", Severity.INFO);

    private final Findings findings;

    ScheduleReader(Findings findings) {
        this.findings = findings;
    }

    /** Absent where something it needs is wrong; what is wrong is then among the findings. */
    Optional<ScaleSchedule> read(ObjectKey key, Origin origin, Fields spec) {
        Optional<TargetSelector> targets = targets(spec);
        Optional<ZoneId> zone =
                spec.required("timeZone", "an IANA name such as Asia/Seoul").flatMap(place -> zone(spec, place));
        boolean suspend = spec.truth("suspend").orElse(false);
        Optional<Baseline> baseline = baseline(spec);
        Ramp ramp = RampReader.read(spec);
        List<Window> windows = windows(spec, origin, zone, ramp);
        Checks checks = new ChecksReader(findings).checks(spec);
        ConflictPolicy onConflict = spec.optional("onConflict")
                .flatMap(place -> spec.oneOf(place, CONFLICT_POLICIES))
                .orElse(ConflictPolicy.ADOPT);
        var remedies = new ChecksReader(findings).remedies(spec);
        AlertRouting alerts = alerts(spec);
        if (targets.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        Duration preflight = spec.duration("preflight", text -> DurationText.upTo(LONGEST_PREFLIGHT, text))
                .orElse(ScaleSchedule.PREFLIGHT);
        boolean freezeRollouts = spec.truth("freezeRollouts").orElse(false);
        return Optional.of(new ScaleSchedule(
                key.namespace(),
                key.name(),
                origin,
                targets.get(),
                zone.get(),
                suspend,
                baseline,
                windows,
                checks,
                onConflict,
                ramp,
                preflight,
                freezeRollouts,
                remedies,
                alerts));
    }

    private Optional<ZoneId> zone(Fields spec, Place place) {
        Optional<ZoneId> zone = spec.parsed(place, TimeZoneText::parse);
        if (place.node() instanceof Node.Scalar scalar) {
            TimeZoneText.warning(scalar.written())
                    .ifPresent(warning -> findings.warning(place, "fixed-offset", warning));
        }
        return zone;
    }

    private Optional<TargetSelector> targets(Fields spec) {
        List<Optional<Place>> written = Stream.of("scaledObjectRef", "scaledObjectSelector", "hpaRef")
                .map(spec::optional)
                .toList();
        List<Place> present = written.stream().flatMap(Optional::stream).toList();
        if (present.size() > 1) {
            findings.error(
                    present.get(1),
                    "contradiction",
                    "more than one of scaledObjectRef, scaledObjectSelector and hpaRef is set; keep one of them");
        }
        if (present.isEmpty()) {
            spec.required(
                    "scaledObjectRef",
                    "scaledObjectRef: {name: NAME}, scaledObjectSelector: {matchLabels: {KEY: VALUE}}, or hpaRef: {name:"
                            + " NAME}");
        }
        Optional<TargetSelector> byName = written.get(0)
                .flatMap(place -> name(place, "the ScaledObject's name"))
                .map(TargetSelector.ByName::new);
        Optional<TargetSelector> byLabels = written.get(1).flatMap(this::byLabels);
        Optional<TargetSelector> byHpa = written.get(2)
                .flatMap(place -> name(place, "the HorizontalPodAutoscaler's name"))
                .map(TargetSelector.ByHpa::new);
        return byName.or(() -> byLabels).or(() -> byHpa);
    }

    private Optional<String> name(Place place, String what) {
        if (place.text().isPresent()) {
            findings.error(
                    place,
                    "wrong-type",
                    "expected an object with fields, got " + place.node().described() + "; write {name: "
                            + Quoted.cut(place.text().get()) + "}");
            return Optional.empty();
        }
        return Fields.strict(place, findings, List.of("name"))
                .flatMap(ref -> ref.required("name", what).flatMap(name -> ref.parsed(name, ShortTexts::name)));
    }

    private Optional<TargetSelector> byLabels(Place place) {
        return Fields.strict(place, findings, List.of("matchLabels"))
                .flatMap(selector -> selector.required("matchLabels", "at least one label, as {tier: web}")
                        .flatMap(labels -> labels(selector, labels)));
    }

    private Optional<TargetSelector> labels(Fields selector, Place place) {
        if (place.fields().size() > Limits.LABELS_IN_SELECTOR) {
            findings.error(
                    place,
                    "too-many",
                    place.fields().size() + " labels are too many; the maximum is " + Limits.LABELS_IN_SELECTOR);
            return Optional.empty();
        }
        Map<String, String> labels = selector.textMap(place);
        if (place.node() instanceof Node.Mapping && place.fields().isEmpty()) {
            findings.error(
                    place,
                    "missing-field",
                    "no label is given, which would select every ScaledObject; write at least one, as {tier: web}");
        }
        return labels.isEmpty() ? Optional.empty() : Optional.of(new TargetSelector.ByLabels(labels));
    }

    private Optional<Baseline> baseline(Fields spec) {
        return spec.object("baseline", List.of("minReplicas", "maxReplicas")).flatMap(baseline -> {
            Optional<Integer> min = baseline.required("minReplicas", "the minimum outside every window, as 5")
                    .flatMap(place -> baseline.integer(place, 0, Limits.REPLICAS));
            Optional<Integer> max = baseline.integer("maxReplicas", 1, Limits.REPLICAS);
            if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
                findings.error(
                        baseline.object().at("minReplicas"),
                        "min-above-max",
                        "minReplicas " + min.get() + " is above maxReplicas " + max.get()
                                + "; lower the one or raise the other");
            }
            return min.map(m -> new Baseline(m, Choices.number(max)));
        });
    }

    private List<Window> windows(Fields spec, Origin origin, Optional<ZoneId> zone, Ramp ramp) {
        Optional<Place> place = spec.required("windows", "a list of windows, or [] for none");
        List<Place> items =
                place.map(p -> spec.items(p, Limits.WINDOWS_IN_SCHEDULE)).orElse(List.of());
        WindowReader reader = new WindowReader(findings, origin, zone);
        Map<String, Integer> lines = new HashMap<>();
        for (Place item : items) {
            item.field("name").ifPresent(name -> refuseSecond(name, lines));
        }
        List<Window> windows =
                items.stream().flatMap(item -> reader.read(item).stream()).toList();
        place.ifPresent(where -> refuseTooOften(where, windows, ramp));
        return windows;
    }

    private void refuseTooOften(Place place, List<Window> windows, Ramp ramp) {
        int starts = windows.stream().mapToInt(ScheduleReader::startsADay).sum();
        int leading = windows.stream()
                .filter(window -> ramp.up().isPresent() || !window.leadTime().isZero())
                .mapToInt(ScheduleReader::startsADay)
                .sum();
        if (starts > Limits.STARTS_A_DAY) {
            findings.error(place, "too-many", tooOften("these windows start up to ", starts, Limits.STARTS_A_DAY));
        } else if (leading > Limits.LEADING_STARTS_A_DAY) {
            findings.error(
                    place,
                    "too-many",
                    tooOften("windows with leadTime or ramp.up start up to ", leading, Limits.LEADING_STARTS_A_DAY));
        }
    }

    private static String tooOften(String what, int times, int most) {
        return String.format(
                Locale.ROOT, "%s%,d times a day; the maximum is %,d, so let them start less often", what, times, most);
    }

    private static int startsADay(Window window) {
        if (window.times() instanceof Window.Times.CronToCron both) {
            return both.start().timesADay();
        }
        return window.times() instanceof Window.Times.CronFor elapsed
                ? elapsed.start().timesADay()
                : 0;
    }

    private void refuseSecond(Place name, Map<String, Integer> lines) {
        if (name.node() instanceof Node.Scalar scalar && scalar.value() != null) {
            Integer first = lines.putIfAbsent(scalar.written(), name.line());
            if (first != null) {
                findings.error(
                        name,
                        "duplicate-window",
                        "a window is already called " + Quoted.cut(scalar.written()) + " at line " + first
                                + "; window names must differ");
            }
        }
    }

    private AlertRouting alerts(Fields spec) {
        Optional<Fields> alerts = spec.object("alerts", List.of("receivers", "severity"));
        List<String> receivers = alerts.map(a -> a.texts("receivers", Limits.RECEIVERS_IN_SCHEDULE))
                .orElse(List.of());
        Severity severity = alerts.flatMap(a -> a.optional("severity").flatMap(place -> a.oneOf(place, SEVERITIES)))
                .orElse(Severity.CRITICAL);
        return new AlertRouting(receivers, severity);
    }
}
