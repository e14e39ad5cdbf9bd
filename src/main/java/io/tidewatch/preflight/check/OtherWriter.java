package io.tidewatch.preflight.check;

import io.tidewatch.model.Period;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Another field manager owns the minimum, and the schedule does not let Tidewatch take it. A minimum that the schedule lets Tidewatch
 * take over is no finding: the raise is written.
 */
final class OtherWriter implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .desired()
                .upcoming()
                .map(next -> new Ownership(goal(situation, next), situation.autoscaler()).verdict())
                .filter(Verdict.Conflict.class::isInstance)
                .map(Verdict.Conflict.class::cast)
                .map(conflict -> new Finding(
                        Risk.FIELD_CONFLICT,
                        conflict.writer() + " owns the minimum, and onConflict: Report lets its value stand",
                        "let " + conflict.writer() + " give up " + minimum(situation) + ", or set onConflict: Adopt",
                        List.of(situation.ofAutoscaler(
                                "metadata.managedFields[" + minimum(situation) + "].manager", conflict.writer()))));
    }

    private static String minimum(Situation situation) {
        return "spec." + situation.autoscaler().kind().minimum();
    }

    /** What will be desired from the raise on. */
    private static Goal goal(Situation situation, Upcoming next) {
        Optional<OpenWindow> window = next.window();
        String period = new Period(
                        window.map(OpenWindow::name),
                        Optional.of(window.map(OpenWindow::start)
                                .orElse(situation.raise().at())))
                .text();
        return new Goal(
                next.bounds(),
                situation.desired().setsMax(),
                Optional.of(new Goal.Scheduled(
                        situation.desired().baseline(),
                        period,
                        window.isPresent(),
                        situation.desired().schedule().onConflict())));
    }
}
