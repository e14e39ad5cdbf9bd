package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.ScaleSchedule;
import io.tidewatch.model.SourceDefinitions;
import io.tidewatch.model.Target;
import io.tidewatch.model.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A target and the one schedule that moves it.
 *
 * @param baseline absent: neither the schedule nor a ScaledObject of its source says one
 */
record ScheduledTarget(Target target, CompiledSchedule compiled, Commit commit, Optional<Bounds> baseline) {

    /** Those of one source, each target once: it belongs to the first schedule that names it. */
    static List<ScheduledTarget> allOf(SourceDefinitions source) {
        Compiler compiler = new Compiler(new Definitions(List.of(source)));
        Set<Target> taken = new HashSet<>();
        List<ScheduledTarget> found = new ArrayList<>();
        ScaledObjects objects = ScaledObjects.of(source);
        for (ScaleSchedule schedule : source.schedules()) {
            CompiledSchedule compiled = compiler.compile(schedule, source);
            for (Target target : objects.namedBy(schedule)) {
                if (taken.add(target)) {
                    found.add(
                            new ScheduledTarget(target, compiled, source.commit(), objects.baseline(schedule, target)));
                }
            }
        }
        return found;
    }

    Answer answer(Instant now) {
        Counting counting = compiled.at(now, baseline);
        return new Answer(
                counting, compiled.lastChange(now, counting, baseline), compiled.nextChange(now, counting, baseline));
    }

    Wanted wanted(Bounds known, Answer answer) {
        return new Wanted(
                target,
                compiled.schedule(),
                commit,
                known,
                answer.counting().bounds().orElse(known),
                setsMax(),
                answer.counting().window(),
                answer.since(),
                answer.next());
    }

    /** Outside its window too: the ceiling that a window raised is put back by writing the baseline's. */
    private boolean setsMax() {
        ScaleSchedule schedule = compiled.schedule();
        return schedule.windows().stream().anyMatch(w -> w.maxReplicas().isPresent())
                || schedule.baseline().filter(b -> b.maxReplicas().isPresent()).isPresent();
    }

    /** What counts, since when, and until when: the same for all targets of a schedule that share a baseline. */
    record Answer(Counting counting, Optional<Instant> since, Optional<Instant> next) {}
}
