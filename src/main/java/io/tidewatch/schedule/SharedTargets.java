package io.tidewatch.schedule;

import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.model.definition.ScaledObjects;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ScaledObjects that schedules of two sources name. Within a source, the second schedule is an error. Between sources, the source
 * that is configured first counts, and both get a problem.
 */
public final class SharedTargets {

    private SharedTargets() {}

    /** The problems of one source's schedules, one for each. */
    public static List<Problem> problems(Definitions definitions, String source) {
        Map<Target, Owner> owners = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (SourceDefinitions read : definitions.sources()) {
            ScaledObjects objects = ScaledObjects.of(read);
            for (ScaleSchedule schedule : read.schedules()) {
                Owner owner = new Owner(read.source(), schedule);
                objects.targets(schedule).stream()
                        .filter(target -> !owners.computeIfAbsent(target, t -> owner)
                                .source()
                                .equals(owner.source()))
                        .findFirst()
                        .ifPresent(target -> {
                            Owner first = owners.getOrDefault(target, owner);
                            if (owner.source().equals(source)) {
                                problems.add(problem(
                                        schedule, target, first, " is used, because its source is configured first"));
                            } else if (first.source().equals(source)) {
                                problems.add(problem(
                                        first.schedule(),
                                        target,
                                        owner,
                                        " is ignored, because its source is configured later"));
                            }
                        });
            }
        }
        return bounded(problems);
    }

    private static List<Problem> bounded(List<Problem> problems) {
        if (problems.size() <= Limits.PROBLEMS_IN_COMMIT) {
            return List.copyOf(problems);
        }
        List<Problem> told = new ArrayList<>(problems.subList(0, Limits.PROBLEMS_IN_COMMIT));
        Problem first = problems.get(told.size());
        told.add(new Problem(
                first.file(),
                first.line(),
                "",
                first.severity(),
                first.code(),
                "and " + (problems.size() - told.size()) + " more in this source"));
        return List.copyOf(told);
    }

    private static Problem problem(ScaleSchedule schedule, Target target, Owner other, String which) {
        boolean byName = schedule.targets() instanceof TargetSelector.ByName;
        return new Problem(
                schedule.origin().file(),
                schedule.origin().line(),
                byName ? "spec.scaledObjectRef.name" : "spec.scaledObjectSelector.matchLabels",
                Problem.Severity.ERROR,
                "second-schedule",
                "ScaledObject " + target + " is scheduled by two sources: "
                        + other.schedule().id() + " of " + other.source() + " ("
                        + other.schedule().origin() + ")" + which + "; keep one of them");
    }

    private record Owner(String source, ScaleSchedule schedule) {}
}
