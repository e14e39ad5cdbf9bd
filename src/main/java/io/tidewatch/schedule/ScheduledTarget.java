package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Autoscalers;
import io.tidewatch.model.definition.CountingSchedules;
import io.tidewatch.model.definition.CountingSchedules.Named;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.CompiledSchedule.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target and its schedule.
 *
 * @param baseline absent: neither the schedule nor a ScaledObject of its source has one
 * @param answers shared by all targets of a schedule that have one baseline
 */
record ScheduledTarget(
        Target target, CompiledSchedule compiled, Commit commit, Optional<Bounds> baseline, LedAnswers answers) {

    /** The targets of one source. A target that several schedules name belongs to the first of them. */
    static List<ScheduledTarget> allOf(SourceDefinitions source) {
        Compiler compiler = new Compiler(new Definitions(List.of(source)));
        CountingSchedules counting = new CountingSchedules();
        List<ScheduledTarget> found = new ArrayList<>();
        Autoscalers objects = Autoscalers.of(source);
        for (ScaleSchedule schedule : source.schedules()) {
            Named named = new Named(source.source(), schedule);
            CompiledSchedule compiled = compiler.compile(schedule, source);
            Map<Optional<Bounds>, LedAnswers> answers = new HashMap<>();
            for (Target target : objects.targets(schedule)) {
                if (counting.add(target, named)) {
                    Optional<Bounds> baseline = objects.baseline(schedule, target);
                    found.add(new ScheduledTarget(
                            target,
                            compiled,
                            source.commit(),
                            baseline,
                            answers.computeIfAbsent(baseline, b -> new LedAnswers(compiled, b))));
                }
            }
        }
        return found;
    }

    Named named() {
        return new Named(commit.source(), compiled.schedule());
    }

    Answers.Answer answer(Instant now, Optional<Duration> learned) {
        return answers.at(now, learned);
    }

    /** What was learned of the target, where its schedule learns. */
    Optional<Duration> learned(LearnedLeads leads) {
        return compiled.learns() ? leads.of(target).map(LearnedLead::length) : Optional.empty();
    }

    DesiredBounds desired(Bounds known, Answers.Answer answer) {
        return new DesiredBounds(
                target,
                compiled.schedule(),
                commit,
                known,
                setsMax(),
                Current.of(answer.counting().bounds().orElse(known))
                        .in(answer.counting().window())
                        .since(answer.since())
                        .until(answer.next().map(Next::at))
                        .then(answer.next()
                                .map(Next::counting)
                                .map(then -> new Upcoming(then.bounds().orElse(known), then.window()))));
    }

    /** Outside of its window too: a maximum that a window raised is lowered again by a write of the baseline's maximum. */
    private boolean setsMax() {
        ScaleSchedule schedule = compiled.schedule();
        return schedule.windows().stream().anyMatch(w -> w.maxReplicas().isPresent())
                || schedule.baseline().filter(b -> b.maxReplicas().isPresent()).isPresent();
    }
}
