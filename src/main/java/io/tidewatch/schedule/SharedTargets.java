package io.tidewatch.schedule;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Autoscalers;
import io.tidewatch.model.definition.CountingSchedules;
import io.tidewatch.model.definition.CountingSchedules.Named;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ScaledObjects that schedules of two sources name. Within a source the reader rejects the second; between sources the
 * source configured first counts, and each source gets a problem that names the other.
 */
public final class SharedTargets {

    private SharedTargets() {}

    /** The problems of one source, at most one for each pair of schedules. */
    public static List<Problem> problems(Definitions definitions, String source) {
        CountingSchedules counting = new CountingSchedules();
        List<Problem> problems = new ArrayList<>();
        for (SourceDefinitions read : definitions.sources()) {
            Autoscalers objects = Autoscalers.of(read);
            for (ScaleSchedule schedule : read.schedules()) {
                Named named = new Named(read.source(), schedule);
                List<Target> targets = objects.targets(schedule);
                targets.forEach(target -> counting.add(target, named));
                targets.stream()
                        .flatMap(target -> shared(target, named, counting).stream())
                        .findFirst()
                        .flatMap(shared -> problem(shared, source))
                        .ifPresent(problems::add);
            }
        }
        return bounded(problems);
    }

    private static List<Problem> bounded(List<Problem> problems) {
        if (problems.size() <= Limits.PROBLEMS_IN_COMMIT) {
            return List.copyOf(problems);
        }
        List<Problem> shown = new ArrayList<>(problems.subList(0, Limits.PROBLEMS_IN_COMMIT));
        Problem first = problems.get(shown.size());
        shown.add(new Problem(
                first.file(),
                first.line(),
                "",
                first.severity(),
                first.code(),
                "and " + (problems.size() - shown.size()) + " more in this source"));
        return List.copyOf(shown);
    }

    /** A target for which the schedule of another source counts. */
    private static Optional<Shared> shared(Target target, Named schedule, CountingSchedules counting) {
        return counting.insteadOf(schedule, target)
                .filter(first -> !first.source().equals(schedule.source()))
                .map(first -> new Shared(target, first, schedule));
    }

    /** @param source whose problem is described; empty where the source has no part in the conflict */
    private static Optional<Problem> problem(Shared shared, String source) {
        if (shared.second().source().equals(source)) {
            return Optional.of(problem(
                    shared.target(),
                    shared.second().schedule(),
                    shared.first(),
                    " is used, because its source is configured first"));
        }
        return shared.first().source().equals(source)
                ? Optional.of(problem(
                        shared.target(),
                        shared.first().schedule(),
                        shared.second(),
                        " is ignored, because its source is configured later"))
                : Optional.empty();
    }

    private static Problem problem(Target target, ScaleSchedule schedule, Named other, String which) {
        return new Problem(
                schedule.origin().file(),
                schedule.origin().line(),
                schedule.targets().path(),
                Problem.Severity.ERROR,
                "second-schedule",
                schedule.targets().kind().kind() + " " + target + " is scheduled by two sources: "
                        + other.schedule().id() + " of " + other.source() + " ("
                        + other.schedule().origin() + ")" + which + "; keep one of them");
    }

    /**
     * A target that schedules of two sources name.
     *
     * @param first the schedule that counts
     */
    private record Shared(Target target, Named first, Named second) {}
}
