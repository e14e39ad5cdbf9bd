package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.definition.CountingSchedules;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The compiled schedules of some definitions. Keep it while the definitions stay the same: compiling crons and calendars costs
 * about a thousand times as much as an answer.
 */
public final class Timetable {

    private static final String STAGE = "desired";

    private final List<ScheduledTarget> targets;
    private final Map<Target, ScheduledTarget> byTarget;
    private final boolean learnsLeads;

    private Timetable(List<ScheduledTarget> targets) {
        this.targets = List.copyOf(targets);
        this.learnsLeads = targets.stream().anyMatch(target -> target.compiled().learns());
        this.byTarget =
                targets.stream().collect(Collectors.toUnmodifiableMap(ScheduledTarget::target, target -> target));
    }

    /** The timetable of definitions. A ScaledObject that two schedules name belongs to the first; the reader reports the second. */
    public static Timetable of(Definitions definitions) {
        return joined(definitions.sources().stream().map(Timetable::of).toList());
    }

    /** The timetable of one source. Compiling is expensive; it happens outside of the passes, when a commit is read. */
    public static Timetable of(SourceDefinitions source) {
        return new Timetable(ScheduledTarget.allOf(source));
    }

    /** The timetables of several sources as one: a target that two of them name belongs to the first. */
    public static Timetable joined(List<Timetable> sources) {
        CountingSchedules counting = new CountingSchedules();
        return new Timetable(sources.stream()
                .flatMap(source -> source.targets.stream())
                .filter(target -> counting.add(target.target(), target.named()))
                .toList());
    }

    /** Whether a learned lead changes any answer. */
    public boolean learnsLeads() {
        return learnsLeads;
    }

    /** The desired state of every target whose baseline is known. An exception of one schedule is a fault of its targets alone. */
    public DesiredState at(Instant now) {
        return at(now, LearnedLeads.NONE);
    }

    /** The same, with the leads that some targets have learned. */
    public DesiredState at(Instant now, LearnedLeads leads) {
        Map<Target, DesiredBounds> desired = new LinkedHashMap<>();
        SortedMap<Target, DesiredState.Failed> failed = new TreeMap<>();
        Map<AnswerKey, Answered> answers = new HashMap<>();
        for (ScheduledTarget target : targets) {
            target.baseline().ifPresent(baseline -> {
                ScaleSchedule schedule = target.compiled().schedule();
                Optional<Duration> learned = target.learned(leads);
                Answered found = answers.computeIfAbsent(
                        new AnswerKey(target.commit().source(), schedule.id(), baseline, learned),
                        key -> Guard.attempt(STAGE, () -> Answered.by(target.answer(now, learned)), Answered::failed));
                found.answer().ifPresent(answer -> desired.put(target.target(), target.desired(baseline, answer)));
                found.fault()
                        .ifPresent(fault ->
                                failed.put(target.target(), new DesiredState.Failed(schedule, target.commit(), fault)));
            });
        }
        Set<Instant> next = new HashSet<>();
        desired.values().forEach(w -> w.next().ifPresent(next::add));
        return new DesiredState(now, TargetMap.copyOf(desired), new TreeSet<>(next), failed);
    }

    /** The edges whose own instant lies in the interval; {@code to} does not belong to it. Sorted by instant, then by target. */
    public List<Edge> between(Instant from, Instant to) {
        return between(from, to, LearnedLeads.NONE);
    }

    /** The same, with the leads that some targets have learned. */
    public List<Edge> between(Instant from, Instant to, LearnedLeads leads) {
        List<Edge> edges = new ArrayList<>();
        targets.forEach(target -> edges.addAll(edges(target, target.learned(leads), from, to)));
        edges.sort(Comparator.comparing(Edge::at).thenComparing(Edge::actsAt).thenComparing(Edge::target));
        return List.copyOf(edges);
    }

    /** The desired bounds of one target; absent where no schedule names it, or its baseline is not known. */
    public Optional<DesiredBounds> at(Target of, Instant now, LearnedLeads leads) {
        return Optional.ofNullable(byTarget.get(of))
                .flatMap(target -> target.baseline()
                        .map(baseline -> target.desired(baseline, target.answer(now, target.learned(leads)))));
    }

    /** The schedule of a target; absent where none names it. */
    public Optional<ScaleSchedule> schedule(Target of) {
        return Optional.ofNullable(byTarget.get(of))
                .map(target -> target.compiled().schedule());
    }

    /** The edges of one target, by the same rule; none where no schedule names it. */
    public List<Edge> between(Target of, Instant from, Instant to, LearnedLeads leads) {
        return Optional.ofNullable(byTarget.get(of))
                .map(target -> {
                    List<Edge> edges = new ArrayList<>(edges(target, target.learned(leads), from, to));
                    edges.sort(Comparator.comparing(Edge::at).thenComparing(Edge::actsAt));
                    return List.copyOf(edges);
                })
                .orElse(List.of());
    }

    /** Whether the baseline of a target is known. Without it, only windows with absolute bounds have known bounds. */
    public boolean knowsBaselineOf(Target target) {
        return Optional.ofNullable(byTarget.get(target))
                .filter(t -> t.baseline().isPresent())
                .isPresent();
    }

    /** Which window counts and why, without leads; absent where no window is open, and for a target without a schedule. */
    public Optional<Precedence> precedence(Target target, Instant instant) {
        return Optional.ofNullable(byTarget.get(target))
                .flatMap(t -> Precedence.at(t.compiled(), instant, t.baseline()));
    }

    /** When the desired minimum of a target changes next after an instant; absent where that is not known. */
    public Optional<Instant> nextMinimum(Target of, Instant after, LearnedLeads learned) {
        return Optional.ofNullable(byTarget.get(of)).flatMap(target -> {
            CompiledSchedule schedule =
                    target.learned(learned).map(target.compiled()::learning).orElse(target.compiled());
            Leads leads = new Leads(schedule, target.baseline());
            EffectiveBounds now = schedule.at(after, target.baseline(), leads);
            return schedule.nextMinimum(after, now, target.baseline(), leads).map(CompiledSchedule.Next::at);
        });
    }

    List<ScheduledTarget> targets() {
        return targets;
    }

    private static List<Edge> edges(ScheduledTarget target, Optional<Duration> learned, Instant from, Instant to) {
        CompiledSchedule schedule = learned.map(target.compiled()::learning).orElse(target.compiled());
        List<Edge> edges = new ArrayList<>();
        Leads leads = new Leads(schedule, target.baseline());
        Instant before = from.minus(longestLead(schedule, leads.times())).minusNanos(1);
        EffectiveBounds counting = schedule.at(before, target.baseline(), leads);
        Boundaries boundaries = new Boundaries(schedule, before, leads.times());
        Optional<Instant> boundary = boundaries.next();
        while (boundary.isPresent() && boundary.get().isBefore(to)) {
            EffectiveBounds then = schedule.at(boundary.get(), target.baseline(), leads);
            if (then.differsFrom(counting)) {
                edges.add(edge(target, boundary.get(), counting, then));
            }
            counting = then;
            boundary = boundaries.next();
        }
        edges.removeIf(edge -> edge.at().isBefore(from) || !edge.at().isBefore(to));
        return edges;
    }

    private static Edge edge(ScheduledTarget target, Instant actsAt, EffectiveBounds before, EffectiveBounds after) {
        Instant at = after.window()
                .filter(DesiredBounds.OpenWindow::leading)
                .map(DesiredBounds.OpenWindow::start)
                .orElse(actsAt);
        return new Edge(
                at,
                Duration.between(actsAt, at),
                target.compiled().schedule().id(),
                target.target(),
                Edge.Change.from(before.side()).to(after.side()));
    }

    private static Duration longestLead(CompiledSchedule schedule, LeadTimes leads) {
        return schedule.windows().stream()
                .map(leads::most)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The key of an answer: targets of one schedule with the same baseline and the same lead share their answer. */
    private record AnswerKey(String source, String schedule, Bounds baseline, Optional<Duration> learned) {}

    /** The answer, or the fault because of which there is none. */
    private record Answered(Optional<Answers.Answer> answer, Optional<Fault> fault) {

        static Answered by(Answers.Answer answer) {
            return new Answered(Optional.of(answer), Optional.empty());
        }

        static Answered failed(Fault fault) {
            return new Answered(Optional.empty(), Optional.of(fault));
        }
    }
}
