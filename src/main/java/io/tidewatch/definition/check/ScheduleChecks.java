package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.Workload;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.Baseline;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.model.definition.Window;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks a schedule against the objects that it refers to. */
public final class ScheduleChecks {

    /** The code of a schedule that names an autoscaler which is not in the same source. */
    public static final String MISSING_OBJECT = "missing-scaled-object";

    static final String UNKNOWN_RECEIVER = "unknown-receiver";

    private static final int MOST_NAMES = 10;

    private final Catalog catalog;
    private final Scope scope;
    private final Findings findings;
    private final Supplier<Place> root;
    private final ScaleSchedule schedule;

    ScheduleChecks(Catalog catalog, Scope scope, Findings findings, Supplier<Place> root, ScaleSchedule schedule) {
        this.catalog = catalog;
        this.scope = scope;
        this.findings = findings;
        this.root = root;
        this.schedule = schedule;
    }

    void check() {
        Optional<Manifest> ofKeda = ownerInKeda();
        if (ofKeda.isPresent()) {
            refuseHpaOf(ofKeda.get());
            return;
        }
        if (catalog.isOneTooMany(schedule)) {
            findings.error(
                    targetPlace(),
                    "too-many",
                    String.format(
                            Locale.ROOT,
                            "the selectors before this one examined more than %,d ScaledObjects together, so this selector is"
                                    + " not evaluated; select by a label that fewer of them have, or name one in"
                                    + " spec.scaledObjectRef",
                            Limits.SELECTED_IN_SOURCE));
            return;
        }
        List<AutoscalerSpec> targets = catalog.concerns(schedule);
        if (targets.isEmpty()) {
            missingTarget();
        }
        if (targets.stream().anyMatch(so -> so.mistake().isPresent())) {
            targets.forEach(this::mistaken);
            return;
        }
        targets.stream()
                .filter(so -> catalog.isAnothers(so, schedule))
                .findFirst()
                .ifPresent(this::secondSchedule);
        WindowChecks windows = new WindowChecks(catalog, findings, root, schedule);
        windows.calendars();
        scope.receivers().ifPresent(this::receivers);
        Optional<Baseline> written = schedule.baseline();
        if (targets.isEmpty()) {
            schedule.baselineOver(Optional.empty()).ifPresent(bounds -> windows.bounds(bounds, Optional.empty()));
        }
        targets.stream()
                .filter(so -> !so.targetKind().equals(Kinds.ROLLOUT))
                .findFirst()
                .ifPresent(this::noRemedy);
        notFollowed(targets);
        for (AutoscalerSpec so : targets) {
            written.ifPresent(b -> baseline(b, so));
            schedule.baselineOver(Optional.of(so.bounds())).ifPresent(bounds -> {
                windows.bounds(bounds, Optional.of(so));
                windows.claims(bounds, so);
            });
        }
    }

    /** Its bounds would be a wrong baseline, or a wrong maximum beside a baseline of the schedule. */
    private void mistaken(AutoscalerSpec so) {
        so.mistake()
                .ifPresent(mistake -> findings.error(
                        targetPlace(),
                        "wrong-bounds",
                        so.id() + " (" + so.origin() + "): " + mistake + "; fix it there"));
    }

    /** Remedies are for what the Rollouts controller does wrong. */
    private void noRemedy(AutoscalerSpec so) {
        if (!schedule.remedies().isEmpty()) {
            findings.warning(
                    root.get().at("spec.remedies"),
                    "remedy-without-rollout",
                    "remedies act on Rollouts only; " + so.kind().kind() + " "
                            + so.target().name() + " scales a "
                            + so.targetKind()
                            + ", so none is tried there");
        }
    }

    /** Said once for each kind: nobody can change it, and it is no trouble. */
    private void notFollowed(List<AutoscalerSpec> targets) {
        Set<String> said = new HashSet<>();
        for (AutoscalerSpec so : targets) {
            Workload workload = Workload.of(so);
            if (!workload.isFollowed()
                    && catalog.isFirstToScale(workload, schedule)
                    && said.add(workload.kindWithGroup())) {
                findings.note(
                        targetPlace(),
                        "pods-not-followed",
                        so.id() + " scales " + workload + ", and the pods of a " + workload.kindWithGroup()
                                + " are not followed: its own status.replicas says when a step is done, or its HPA where"
                                + " that is not seen; the same holds for all of this kind, and nothing is to do");
            }
        }
    }

    /** Alerts for an unknown receiver would reach nobody. */
    private void receivers(Set<String> known) {
        Optional<Place> named = root.get().at("spec").field("alerts").flatMap(alerts -> alerts.field("receivers"));
        for (Place item : named.map(Place::items).orElse(List.of())) {
            if (item.node() instanceof Node.Scalar scalar && !known.contains(scalar.written())) {
                unknownReceiver(item, scalar.written(), known);
            }
        }
    }

    private void unknownReceiver(Place item, String written, Set<String> known) {
        String what = "no receiver " + written + " is configured";
        if (known.isEmpty()) {
            findings.warning(item, UNKNOWN_RECEIVER, what + ": alerts.yaml names none, so no alert is sent");
        } else {
            findings.error(item, UNKNOWN_RECEIVER, what + meant(written, known));
        }
    }

    private static String meant(String written, Set<String> known) {
        return Nearest.to(written, known)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; alerts.yaml names "
                        + known.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (known.size() > MOST_NAMES ? " and " + (known.size() - MOST_NAMES) + " more" : ""));
    }

    private Place targetPlace() {
        return root.get().at(schedule.targets().path());
    }

    private void missingTarget() {
        String kind = schedule.targets().kind().kind();
        Optional<String> name = schedule.targets().single();
        if (name.flatMap(written -> catalog.brokenFileOf(kind, schedule.namespace(), written))
                .isPresent()) {
            return;
        }
        Optional<Origin> job = schedule.targets().kind() == AutoscalerKind.SCALED_OBJECT
                ? name.flatMap(written -> catalog.scalers().scaledJob(new Target(schedule.namespace(), written)))
                : Optional.empty();
        if (job.isPresent()) {
            findings.error(
                    targetPlace(),
                    "scaled-job",
                    "this is a ScaledJob (" + job.get() + "), and a ScaledJob has no minimum that a schedule could set:"
                            + " KEDA makes a Job for each piece of work; name a ScaledObject, or remove the schedule");
            return;
        }
        String what = name.map(written -> "no " + kind + " " + schedule.namespace() + "/" + written + " in this source")
                .orElseGet(() -> "no ScaledObject in namespace " + schedule.namespace() + " has these labels");
        String near = name.map(written -> near(kind, written)).orElse("; label one, or fix the selector");
        if (schedule.baseline().isPresent()) {
            findings.warning(
                    targetPlace(),
                    MISSING_OBJECT,
                    what
                            + near
                            + (name.isPresent()
                                    ? " (spec.baseline counts, if the cluster has it)"
                                    : ". No ScaledObject is scheduled: labels are looked up in this source, not in the cluster"));
            return;
        }
        String unread = catalog.unreadable().isEmpty()
                ? ""
                : " (it may be in " + catalog.unreadable().get(0) + ", which cannot be read)";
        findings.error(
                targetPlace(),
                MISSING_OBJECT,
                what
                        + unread
                        + near
                        + (name.isPresent()
                                ? (near.endsWith("?") ? " " : ". ") + "Without it write spec.baseline: {minReplicas: N}"
                                : ""));
    }

    private String near(String kind, String name) {
        String id = schedule.namespace() + "/" + name;
        return catalog.nearest(id, kind)
                .map(found -> "; did you mean " + found + "?")
                .or(() -> catalog.namesake(name, kind)
                        .map(found ->
                                "; " + found + " is in another namespace: write the same metadata.namespace in both"))
                .orElse("; add it, or fix the name");
    }

    /** The ScaledObject of an HPA that KEDA made: KEDA puts its own minimum back into it. */
    private Optional<Manifest> ownerInKeda() {
        return schedule.targets() instanceof TargetSelector.ByHpa hpa
                ? catalog.scalers().ownerOfHpa(schedule.namespace(), hpa.name())
                : Optional.empty();
    }

    private void refuseHpaOf(Manifest owner) {
        String name = owner.key().name();
        findings.error(
                targetPlace(),
                "hpa-of-keda",
                "this HorizontalPodAutoscaler belongs to ScaledObject " + name + " (" + owner.origin()
                        + "), and KEDA would undo each write; write scaledObjectRef: {name: " + name
                        + "} instead of hpaRef");
    }

    private void secondSchedule(AutoscalerSpec so) {
        ScaleSchedule first = catalog.scheduleOf(so.target()).orElse(schedule);
        if (first.targets().kind() != so.kind()) {
            findings.error(
                    targetPlace(),
                    "second-schedule",
                    first.id() + " (" + first.origin() + ") already scales a "
                            + first.targets().kind().kind()
                            + " of the name " + so.target()
                            + ", and in a namespace only one target may have a name; rename one"
                            + " of the two");
            return;
        }
        findings.error(
                targetPlace(),
                "second-schedule",
                so.id() + " is already scheduled by " + first.id() + " (" + first.origin()
                        + "); put these windows there, or name another "
                        + so.kind().kind());
    }

    private void baseline(Baseline written, AutoscalerSpec so) {
        Place place = root.get().at("spec.baseline.minReplicas");
        Bounds bounds = so.bounds();
        boolean differs = written.minReplicas() != bounds.min()
                || (written.maxReplicas().isPresent() && written.maxReplicas().getAsInt() != bounds.max());
        if (differs) {
            String max = written.maxReplicas().isPresent()
                    ? " to " + written.maxReplicas().getAsInt()
                    : "";
            findings.warning(
                    place,
                    "baseline-differs",
                    "the baseline " + written.minReplicas() + max + " counts, but " + so.id() + " ("
                            + so.origin() + ") says " + bounds.min() + " to " + bounds.max()
                            + "; write it in one place only");
        }
        int max = written.maxReplicas().orElse(bounds.max());
        if (written.maxReplicas().isEmpty() && written.minReplicas() > max) {
            findings.error(
                    place,
                    "min-above-max",
                    "minReplicas " + written.minReplicas() + " is above the maximum " + max + " of " + so.id()
                            + "; lower it, or write baseline.maxReplicas");
        }
        if (so.measuresPods() && written.minReplicas() == 0) {
            findings.warning(
                    place,
                    "never-zero",
                    WindowChecks.neverZeroMessage(new Window.Minimum.Absolute(written.minReplicas()), so));
        }
        if (so.idleForbids(written.minReplicas())) {
            findings.error(place, "idle-not-below-min", WindowChecks.idleMessage(written.minReplicas(), so));
        }
    }
}
