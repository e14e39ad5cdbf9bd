package io.tidewatch.plan;

import io.tidewatch.model.Durations;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The text that says why a minimum is set: an edge and how late the write is, or what a commit changed between two edges.
 *
 * <p>How late is counted from the edge, or from the commit where that came later: a window that is committed while it
 * should be open already is not late. A commit to something else that came between two passes makes the reported delay shorter. A
 * lowering that waited for enough pods is not late for that time: the reason names what it waited for.
 *
 * @param waited where a lowering waited for health until now
 */
record StepReason(DesiredBounds desired, AutoscalerView live, Optional<Wait> waited, Moment now) {

    /** A start or an end that is later than this is reported with its delay. */
    private static final Duration PUNCTUAL = Duration.ofMinutes(1);

    String text() {
        return edgeOrStep() + desired.ramp().map(this::ramp).orElse("");
    }

    private String ramp(RampStep step) {
        return ", ramp from " + step.origin() + " to " + desired.goal().min();
    }

    private String edgeOrStep() {
        OwnRecord ours = new OwnRecord(live.meta());
        Optional<String> window = desired.window().map(open -> "window " + open.name());
        if (ours.period().isEmpty() && window.isEmpty()) {
            return "baseline";
        }
        if (ours.isOfPeriod(desired.period())) {
            boolean same = ours.applied().equals(Optional.of(desired.bounds()));
            boolean isNextStep = desired.ramp().flatMap(RampStep::due).isPresent();
            return isNextStep
                    ? window.orElse("baseline") + waited.map(this::waiting).orElse("")
                    : window.orElse("baseline") + (same ? " counts" : " changed");
        }
        return edge() + late() + waited.map(this::waiting).orElse("");
    }

    private String edge() {
        return desired.window()
                .map(open -> "window " + open.name() + (open.leading() ? " leads" : " opens"))
                .orElse("window ends");
    }

    private String late() {
        Instant ready = waited.map(Wait::since).orElseGet(now::instant);
        Duration late =
                desired.since().map(at -> Duration.between(due(at), ready)).orElse(Duration.ZERO);
        return late.compareTo(PUNCTUAL) > 0 ? ", " + Durations.roughly(late) + " late" : "";
    }

    private String waiting(Wait wait) {
        return ", waited " + Durations.roughly(Duration.between(wait.since(), now.instant())) + " (" + wait.what()
                + ")";
    }

    private Instant due(Instant edge) {
        boolean newCommit = !new OwnRecord(live.meta())
                .commit()
                .equals(Optional.of(desired.commit().id()));
        Instant committed = desired.commit().time();
        return newCommit && committed.isAfter(edge) && !now.isBefore(committed) ? committed : edge;
    }
}
