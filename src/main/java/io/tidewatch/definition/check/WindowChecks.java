package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.definition.read.Workload;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.definition.Window.Minimum;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Checks the windows of a schedule against its baseline, autoscalers and calendars. */
final class WindowChecks {

    /** Kinds whose ScaledObject KEDA's webhook rejects if it never scales to 0. */
    private static final Set<String> KEDA_JUDGES = Set.of("Deployment", "StatefulSet");

    private final Catalog catalog;
    private final Findings findings;
    private final Supplier<Place> root;
    private final ScaleSchedule schedule;
    private final Set<String> reported = new HashSet<>();
    private Optional<Map<String, Place>> places = Optional.empty();

    WindowChecks(Catalog catalog, Findings findings, Supplier<Place> root, ScaleSchedule schedule) {
        this.catalog = catalog;
        this.findings = findings;
        this.root = root;
        this.schedule = schedule;
    }

    void calendars() {
        for (Window window : schedule.windows()) {
            window.except().forEach(name -> calendar(window, "except", name));
            window.only().forEach(name -> calendar(window, "only", name));
        }
    }

    private void calendar(Window window, String field, String written) {
        int slash = written.indexOf('/');
        String namespace = slash < 0 ? schedule.namespace() : written.substring(0, slash);
        String name = written.substring(slash + 1);
        if (catalog.hasCalendar(namespace, name)) {
            return;
        }
        String id = namespace + "/" + name;
        String why = catalog.brokenFileOf(Kinds.CALENDAR, namespace, name)
                .map(file -> "; " + file + " defines it but has errors, fix those first")
                .orElseGet(() -> catalog.nearest(id, Kinds.CALENDAR)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; add a document of kind Calendar, or leave the name out"));
        Place item = placeOf(window).field(field).map(Place::items).orElse(List.of()).stream()
                .filter(place -> place.node() instanceof Node.Scalar scalar
                        && scalar.written().equals(written))
                .findFirst()
                .orElseGet(() -> placeOf(window));
        findings.error(item, "missing-calendar", "no Calendar " + id + " in this source" + why);
    }

    /** Of several autoscalers with the same trouble the first is named. */
    void bounds(Bounds baseline, Optional<AutoscalerSpec> so) {
        for (Window window : schedule.windows()) {
            int min = minimum(window, baseline.min());
            int max = window.maxReplicas().orElse(baseline.max());
            boolean writtenSo = window.minReplicas() instanceof Minimum.Absolute
                    && window.maxReplicas().isPresent();
            if (min > max && !writtenSo && reported.add("max " + key(window))) {
                findings.error(minimumOf(window), "min-above-max", aboveMax(window, baseline, min, max, so));
            }
            if (so.isPresent() && so.get().idleForbids(min) && reported.add("idle " + key(window))) {
                findings.error(minimumOf(window), "idle-not-below-min", idleMessage(min, so.get()));
            }
            if (so.isPresent() && so.get().measuresPods() && min == 0 && reported.add("zero " + key(window))) {
                findings.warning(minimumOf(window), "never-zero", neverZeroMessage(window.minReplicas(), so.get()));
            }
            if (min < baseline.min() && reported.add("below " + key(window))) {
                findings.warning(
                        minimumOf(window),
                        "below-baseline",
                        "the window lowers the minimum to " + min + ", below the baseline " + baseline.min()
                                + "; if a raise is meant, write more than " + baseline.min());
            }
        }
    }

    /**
     * Warns of the claims that a StatefulSet deletes with the pods that go: when the window with the highest minimum ends, and when the
     * one with the lowest begins.
     */
    void claims(Bounds baseline, AutoscalerSpec so) {
        if (schedule.suspend()) {
            return;
        }
        Comparator<Window> byMinimum = Comparator.comparingInt(window -> minimum(window, baseline.min()));
        catalog.scalers().claimsOf(Workload.of(so)).ifPresent(claims -> {
            schedule.windows().stream()
                    .reduce((highest, next) -> byMinimum.compare(next, highest) > 0 ? next : highest)
                    .filter(window -> minimum(window, baseline.min()) > baseline.min())
                    .ifPresent(
                            window -> claims(claims, window, "ends", minimum(window, baseline.min()), baseline.min()));
            schedule.windows().stream()
                    .reduce((lowest, next) -> byMinimum.compare(next, lowest) < 0 ? next : lowest)
                    .filter(window -> minimum(window, baseline.min()) < baseline.min())
                    .ifPresent(window ->
                            claims(claims, window, "begins", baseline.min(), minimum(window, baseline.min())));
        });
    }

    private void claims(Scalers.Claims claims, Window window, String edge, int from, int to) {
        findings.warning(
                minimumOf(window),
                "claims-deleted",
                "when the window " + edge + ", the minimum falls from " + from + " to " + to + ", and StatefulSet "
                        + claims.deleted().statefulSet() + " (" + claims.origin()
                        + ") has persistentVolumeClaimRetentionPolicy.whenScaled: Delete: with the pods that go, Kubernetes"
                        + " deletes the claims " + claims.deleted().names(from, to)
                        + ", and their data unless the volumes have the reclaim policy Retain; to keep them, write"
                        + " whenScaled: Retain there");
    }

    private static String key(Window window) {
        return window.origin().line() + " " + window.name();
    }

    private Place minimumOf(Window window) {
        return placeOf(window).at("minReplicas");
    }

    static String idleMessage(int min, AutoscalerSpec so) {
        return "the minimum " + min + " is not above idleReplicaCount "
                + so.idle().orElse(0) + " of " + so.id()
                + ", which KEDA rejects; raise it, or lower idleReplicaCount";
    }

    static String neverZeroMessage(Minimum written, AutoscalerSpec so) {
        String zero = written instanceof Minimum.Share share ? share.percent() + "% of the baseline is 0" : "0";
        if (so.kind() == AutoscalerKind.HPA) {
            return zero + ", but " + so.id()
                    + " measures its pods alone, and the API server rejects a minimum of 0 then; write 1 or more, or add a"
                    + " metric of type External or Object";
        }
        return zero + ", but " + so.id() + " has cpu and memory triggers alone, which never scale to 0"
                + (KEDA_JUDGES.contains(so.targetKind()) ? ", and KEDA rejects this for a " + so.targetKind() : "")
                + "; write 1 or more, or add a trigger of another type";
    }

    private static String aboveMax(Window window, Bounds baseline, int min, int max, Optional<AutoscalerSpec> so) {
        String written = window.minReplicas() instanceof Minimum.Share share
                ? share.percent() + "% of " + baseline.min() + " is " + min + ","
                : "minReplicas " + min + " is";
        String whose = window.maxReplicas().isPresent()
                ? "this window's maxReplicas " + max
                : "the maximum " + max + so.map(s -> " of " + s.id()).orElse(" of the baseline");
        return written + " above " + whose + "; lower it, or write maxReplicas in the window";
    }

    static int minimum(Window window, int baseline) {
        try {
            return window.minReplicas().of(baseline);
        } catch (ArithmeticException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Computed once, and only where there is a problem. */
    private Place placeOf(Window window) {
        if (places.isEmpty()) {
            Place windows = root.get().at("spec.windows");
            Map<String, Place> all = new HashMap<>();
            for (Place item : windows.items()) {
                if (item.at("name").node() instanceof Node.Scalar name) {
                    all.putIfAbsent(item.line() + " " + name.written(), item);
                }
            }
            places = Optional.of(all);
        }
        return places.get().getOrDefault(key(window), root.get().at("spec.windows"));
    }
}
