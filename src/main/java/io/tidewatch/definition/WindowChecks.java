package io.tidewatch.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.ScaleSchedule;
import io.tidewatch.model.Window;
import io.tidewatch.model.Window.Floor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold between a schedule's windows and baseline, ScaledObjects and calendars. */
final class WindowChecks {

    private final Catalog catalog;
    private final Findings findings;
    private final Place root;
    private final ScaleSchedule schedule;
    private final Set<String> said = new HashSet<>();

    WindowChecks(Catalog catalog, Findings findings, Place root, ScaleSchedule schedule) {
        this.catalog = catalog;
        this.findings = findings;
        this.root = root;
        this.schedule = schedule;
    }

    void calendars() {
        for (Window window : schedule.windows()) {
            Place place = placeOf(window);
            names(place, "except");
            names(place, "only");
        }
    }

    private void names(Place window, String field) {
        for (Place item : window.field(field).map(Place::items).orElse(List.of())) {
            if (item.node() instanceof Node.Scalar scalar
                    && Words.calendar(scalar.written()).value().isPresent()) {
                calendar(item, scalar.written());
            }
        }
    }

    private void calendar(Place item, String written) {
        int slash = written.indexOf('/');
        String namespace = slash < 0 ? schedule.namespace() : written.substring(0, slash);
        String name = written.substring(slash + 1);
        if (catalog.hasCalendar(namespace, name)) {
            return;
        }
        String id = namespace + "/" + name;
        String why = catalog.brokenFileOf(Kinds.CALENDAR, namespace, name)
                .map(file -> "; " + file + " defines it but has errors, mend those first")
                .orElseGet(() -> Nearest.to(id, catalog.names(Kinds.CALENDAR))
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; add a document of kind Calendar, or leave the name out"));
        findings.error(item, "missing-calendar", "no Calendar " + id + " in this source" + why);
    }

    /** Of several ScaledObjects with the same trouble the first is named. */
    void bounds(Bounds baseline, Optional<ScaledObjectSpec> so) {
        for (Window window : schedule.windows()) {
            Place place = placeOf(window).at("minReplicas");
            int min = floor(window, baseline.min());
            int max = window.maxReplicas().orElse(baseline.max());
            boolean writtenSo = window.minReplicas() instanceof Floor.Absolute
                    && window.maxReplicas().isPresent();
            if (min > max && !writtenSo && said.add("max " + place.path())) {
                findings.error(place, "min-above-max", aboveMax(window, baseline, min, max, so));
            }
            if (so.isPresent() && so.get().idleForbids(min) && said.add("idle " + place.path())) {
                findings.error(place, "idle-not-below-min", idleMessage(min, so.get()));
            }
            if (min < baseline.min() && said.add("below " + place.path())) {
                findings.warning(
                        place,
                        "below-baseline",
                        "the window lowers the minimum to " + min + ", below the baseline " + baseline.min()
                                + "; if a raise is meant, write more than " + baseline.min());
            }
        }
    }

    static String idleMessage(int min, ScaledObjectSpec so) {
        return "the minimum " + min + " is not above idleReplicaCount "
                + so.idle().orElse(0) + " of ScaledObject " + so.target()
                + ", KEDA refuses that; raise it, or lower idleReplicaCount";
    }

    private static String aboveMax(Window window, Bounds baseline, int min, int max, Optional<ScaledObjectSpec> so) {
        String written = window.minReplicas() instanceof Floor.Share share
                ? share.percent() + "% of " + baseline.min() + " is " + min + ","
                : "minReplicas " + min + " is";
        String whose = window.maxReplicas().isPresent()
                ? "this window's maxReplicas " + max
                : "the maximum " + max
                        + so.map(s -> " of ScaledObject " + s.target()).orElse(" of the baseline");
        return written + " above " + whose + "; lower it, or write maxReplicas in the window";
    }

    private static int floor(Window window, int baseline) {
        try {
            return window.minReplicas().of(baseline);
        } catch (ArithmeticException e) {
            return Integer.MAX_VALUE;
        }
    }

    private Place placeOf(Window window) {
        Place windows = root.at("spec.windows");
        return windows.items().stream()
                .filter(item -> item.line() == window.origin().line())
                .filter(item -> item.at("name").node() instanceof Node.Scalar name
                        && name.written().equals(window.name()))
                .findFirst()
                .orElse(windows);
    }
}
