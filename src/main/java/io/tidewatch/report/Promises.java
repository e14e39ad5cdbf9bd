package io.tidewatch.report;

import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Promise.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a step at an edge promises (the contract's "On time"): a raise has its pods at the start of its window if the window has a
 * lead time or its lead is learned, else within {@code follow} and {@code timeout} of the start; a lowering has the HPA's minimum within the same of the
 * end. A ramp has the time of its pauses besides.
 *
 * @param from the minimum before the edge, as far as it is known
 */
record Promises(DesiredBounds desired, int from) {

    Promise promise(Instant edge) {
        Checks checks = desired.schedule().checks();
        Duration usual = checks.follow().plus(checks.timeout());
        int goal = desired.goal().min();
        if (goal < from) {
            return new Promise(Reach.HPA, edge.plus(ramp(goal)).plus(usual));
        }
        Optional<Instant> start = desired.window().map(OpenWindow::start).filter(at -> !edge.isAfter(at));
        return new Promise(
                Reach.PODS,
                start.isPresent() && isToBeReadyAtStart(edge.isBefore(start.get()))
                        ? start.get()
                        : start.orElse(edge).plus(usual));
    }

    /** From the first step down to the last. */
    private Duration ramp(int goal) {
        return desired.schedule()
                .ramp()
                .pace(from, goal)
                .map(pace -> pace.pause().multipliedBy(Math.max(0, pace.steps(from, goal) - 1)))
                .filter(length -> length.compareTo(Ramp.Pace.LONGEST_LEAD) < 0)
                .orElse(Duration.ZERO);
    }

    /** @param leads whether the raise begins before the start */
    private boolean isToBeReadyAtStart(boolean leads) {
        return desired.schedule().windows().stream()
                .filter(window -> desired.window()
                        .filter(open -> open.name().equals(window.name()))
                        .isPresent())
                .map(Window::lead)
                .anyMatch(lead -> lead.isLearned() || (leads && !lead.least().isZero()));
    }
}
