package io.tidewatch.definition.check;

import io.tidewatch.definition.read.Kinds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.AutoscalerSpec;
import io.tidewatch.model.definition.Autoscalers;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges the progress deadline of each scheduled Rollout by the slowest step that its target really made. */
public final class DeadlineHistory {

    /** What Argo Rollouts uses where the field is not written, in seconds. */
    static final int DEFAULT_SECONDS = 600;

    private static final int MINUTE = 60;

    private DeadlineHistory() {}

    /** A warning at each Rollout whose deadline is shorter than the slowest step of its target. */
    public static List<Problem> warnings(SourceDefinitions source, Map<Target, SlowestStep> slowest) {
        Map<Target, Manifest> rollouts = new HashMap<>();
        source.manifests().stream()
                .filter(manifest -> manifest.key().kind().equals(Kinds.ROLLOUT))
                .forEach(manifest -> rollouts.putIfAbsent(
                        new Target(manifest.key().namespace(), manifest.key().name()), manifest));
        Autoscalers autoscalers = Autoscalers.of(source);
        List<Problem> warnings = new ArrayList<>();
        for (ScaleSchedule schedule : source.schedules()) {
            for (AutoscalerSpec scaler : autoscalers.declared(schedule)) {
                rollout(scaler, rollouts)
                        .flatMap(rollout -> Optional.ofNullable(slowest.get(scaler.target()))
                                .flatMap(step -> warning(rollout, scaler.target(), step, schedule)))
                        .ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    private static Optional<Manifest> rollout(AutoscalerSpec scaler, Map<Target, Manifest> rollouts) {
        return Optional.of(scaler)
                .filter(found -> found.targetKind().equals(Kinds.ROLLOUT))
                .map(found -> rollouts.get(new Target(found.target().namespace(), found.targetName())));
    }

    private static Optional<Problem> warning(
            Manifest rollout, Target target, SlowestStep step, ScaleSchedule schedule) {
        OptionalInt written =
                AutoscalerSpec.number(AutoscalerSpec.object(rollout.content(), "spec"), "progressDeadlineSeconds");
        int deadline = written.orElse(DEFAULT_SECONDS);
        if (step.took().compareTo(Duration.ofSeconds(deadline)) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                rollout.origin().file(),
                rollout.origin().line(),
                "spec.progressDeadlineSeconds",
                Problem.Severity.WARNING,
                "progress-deadline-below-history",
                deadline + " s" + (written.isPresent() ? "" : " (not set)") + " is shorter than the slowest step of "
                        + target + " in its history: its pods came " + Durations.words(step.took())
                        + " after the HPA's minimum (minimum " + step.to() + ", due at " + step.scheduled()
                        + "). If that was no exception, write " + enough(step, schedule) + " or more"));
    }

    /** Half as long again as the slowest step, in whole minutes, and as long as the checks give a step. */
    private static long enough(SlowestStep step, ScaleSchedule schedule) {
        long half = step.took().multipliedBy(3).dividedBy(2).toSeconds();
        long minutes = (half + MINUTE - 1) / MINUTE;
        return Math.max(minutes * MINUTE, schedule.checks().timeout().toSeconds());
    }
}
