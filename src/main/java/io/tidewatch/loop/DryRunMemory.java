package io.tidewatch.loop;

import io.tidewatch.model.Backoff;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.plan.DryRunPlanner.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which targets had their dry runs, for which definitions, and which targets wait for another attempt. It has no
 * effects. Not safe from several threads.
 */
final class DryRunMemory {

    /** After this many attempts without an answer, the missing answer is reported, and the target waits for another commit. */
    private static final int MOST_ATTEMPTS = 5;

    private static final Backoff BACKOFF = Backoff.constant(Duration.ofMinutes(1));

    private final Map<Target, Subject> settled = new HashMap<>();
    private final Map<Target, Subject> replicasReported = new HashMap<>();
    private final Map<Target, Subject> sent = new HashMap<>();
    private final Map<Target, Attempts> unanswered = new HashMap<>();
    private final NavigableMap<Target, List<Fault>> failing = new TreeMap<>();

    private record Attempts(int made, Instant next) {}

    /** Forgets the targets that are not among these. */
    void retain(Set<Target> targets) {
        settled.keySet().retainAll(targets);
        replicasReported.keySet().retainAll(targets);
        unanswered.keySet().retainAll(targets);
        failing.keySet().retainAll(targets);
    }

    /** The targets whose definitions differ from the definitions of their last dry run. */
    SortedSet<Target> changed(Map<Target, Subject> subjects) {
        SortedSet<Target> changed = new TreeSet<>();
        subjects.forEach((target, subject) -> {
            if (!subject.equals(settled.get(target))) {
                changed.add(target);
            }
        });
        return changed;
    }

    /** The targets among these whose pause after a failure has ended. */
    SortedSet<Target> ready(Set<Target> targets, Instant now) {
        return targets.stream()
                .filter(target -> Optional.ofNullable(unanswered.get(target))
                        .filter(attempts -> now.isBefore(attempts.next()))
                        .isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The planned dry runs are sent now; ready targets without a dry run no longer fail. */
    void begin(Set<Target> ready, DryRunPlanner.Planned planned, Map<Target, Subject> subjects, Instant now) {
        Set<Target> targets =
                planned.dryRuns().stream().map(dryRun -> dryRun.target()).collect(Collectors.toSet());
        ready.stream().filter(target -> !targets.contains(target)).forEach(failing::remove);
        planned.faults().byTarget().forEach((target, met) -> fails(target, met, now));
        planned.settled().forEach(target -> settle(target, subjects.get(target)));
        sent.clear();
        targets.forEach(
                target -> Optional.ofNullable(subjects.get(target)).ifPresent(subject -> sent.put(target, subject)));
    }

    private void settle(Target target, @Nullable Subject subject) {
        if (subject != null) {
            settled.put(target, subject);
        }
    }

    /** Whether the owner of the workload's replicas is not reported yet for these definitions; from then on it is. */
    boolean isFirstReplicasOwner(Target target, @Nullable Subject subject) {
        return subject != null && !subject.equals(replicasReported.put(target, subject));
    }

    /** Records a fault that may not happen again at the next attempt. */
    void fault(Target target, List<Fault> met) {
        failing.put(target, met);
    }

    /** The target is tried again after a pause, without end. */
    void fails(Target target, List<Fault> met, Instant now) {
        failing.put(target, met);
        unanswered.put(target, new Attempts(0, now.plus(BACKOFF.first())));
    }

    /** @return whether this was the last attempt, so that the missing answer is reported */
    boolean noAnswer(Target target, Instant now) {
        int made =
                Optional.ofNullable(unanswered.get(target)).map(Attempts::made).orElse(0) + 1;
        unanswered.put(target, new Attempts(made, now.plus(BACKOFF.pause(made))));
        return made >= MOST_ATTEMPTS;
    }

    /** The answer is reported, or its absence is: the target waits for another commit. */
    void reported(Target target) {
        unanswered.remove(target);
        settle(target, sent.get(target));
        failing.remove(target);
    }

    Faults faults() {
        return new Faults(failing);
    }
}
