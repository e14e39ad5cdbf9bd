package io.tidewatch.view.calendar;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import io.tidewatch.schedule.Precedence;
import io.tidewatch.schedule.Skip;
import io.tidewatch.schedule.Skips;
import io.tidewatch.schedule.Timetable;
import io.tidewatch.text.LeadText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The edges and skipped days of an interval. */
public final class Preview {

    private final Timetable timetable;
    private final Map<String, ScaleSchedule> schedules = new HashMap<>();
    private final List<Edge> edges;
    private final List<Skip> skips;
    private final LearnedLeads leads;

    private Preview(
            Definitions definitions, Timetable timetable, LearnedLeads leads, List<Edge> edges, List<Skip> skips) {
        this.leads = leads;
        definitions.sources().forEach(source -> source.schedules().forEach(s -> schedules.putIfAbsent(s.id(), s)));
        this.timetable = timetable;
        this.edges = List.copyOf(edges);
        this.skips = List.copyOf(skips);
    }

    /** @param leads that targets have learned, as far as they are known */
    public static Preview of(Definitions definitions, LearnedLeads leads, Instant from, Instant to) {
        return of(definitions, Timetable.of(definitions), leads, from, to);
    }

    /**
     * The same.
     *
     * @param timetable compiled from these definitions
     */
    public static Preview of(
            Definitions definitions, Timetable timetable, LearnedLeads leads, Instant from, Instant to) {
        return new Preview(
                definitions,
                timetable,
                leads,
                timetable.between(from, to, leads),
                Skips.between(definitions, from, to));
    }

    /** What is known of some edges, without skipped days. */
    public static Preview of(Definitions definitions, Timetable timetable, LearnedLeads leads, List<Edge> edges) {
        return new Preview(definitions, timetable, leads, edges, List.of());
    }

    /** The same for the targets and schedules of some namespaces alone. */
    public Preview in(Predicate<String> namespaces) {
        Preview part = new Preview(
                Definitions.NONE,
                timetable,
                leads,
                edges.stream()
                        .filter(edge -> namespaces.test(edge.target().namespace()))
                        .toList(),
                skips.stream()
                        .filter(skip -> namespaces.test(skip.schedule().namespace()))
                        .toList());
        schedules.forEach((id, schedule) -> {
            if (namespaces.test(schedule.namespace())) {
                part.schedules.put(id, schedule);
            }
        });
        return part;
    }

    public List<Edge> edges() {
        return edges;
    }

    public List<Skip> skips() {
        return skips;
    }

    public List<String> suspended() {
        return schedules.values().stream()
                .filter(ScaleSchedule::suspend)
                .map(ScaleSchedule::id)
                .sorted()
                .toList();
    }

    public ZoneId zone(Edge edge) {
        return schedule(edge).timeZone();
    }

    /** The ramp of an edge; absent where the change is one step, or a number is not known. */
    public Optional<RampOfEdge> ramp(Edge edge) {
        return edge.change()
                .before()
                .bounds()
                .flatMap(from -> edge.change()
                        .after()
                        .bounds()
                        .flatMap(to -> schedule(edge)
                                .ramp()
                                .pace(from.min(), to.min())
                                .filter(pace -> pace.steps(from.min(), to.min()) > 1)
                                .map(pace -> new RampOfEdge(
                                        pace,
                                        from.min(),
                                        to.min(),
                                        edge.actsAt(),
                                        timetable.nextMinimum(edge.target(), edge.actsAt(), leads)))));
    }

    /** The lead of an edge; absent where it is not learned. */
    Optional<LeadOfEdge> lead(Edge edge) {
        return schedule(edge).windows().stream()
                .filter(window -> edge.window().filter(window.name()::equals).isPresent())
                .map(Window::lead)
                .filter(lead -> lead.isLearned() && raises(edge))
                .findFirst()
                .map(lead -> new LeadOfEdge(lead, leads.of(edge.target()), edge.lead()));
    }

    /** An unknown number is meant as a raise. */
    private static boolean raises(Edge edge) {
        Optional<Integer> from = edge.change().before().bounds().map(Bounds::min);
        Optional<Integer> to = edge.change().after().bounds().map(Bounds::min);
        return from.isEmpty() || to.isEmpty() || to.get() > from.get();
    }

    /**
     * A lead that is learned.
     *
     * @param counts the lead that counts
     */
    record LeadOfEdge(Window.Lead written, Optional<LearnedLead> learned, Duration counts) {

        String text() {
            return LeadText.of(written, learned, counts);
        }
    }

    /**
     * @param first when its first step is made
     * @param nextChange with which another way begins; absent where none is known
     */
    public record RampOfEdge(Ramp.Pace pace, int from, int to, Instant first, Optional<Instant> nextChange) {

        public List<Ramp.Step> steps() {
            return pace.plan(from, to, first, nextChange);
        }

        String text() {
            int steps = pace.steps(from, to);
            int made = pace.stepsBefore(from, to, first, nextChange);
            String all = "in " + steps + " steps, one every " + Durations.compact(pace.pause());
            return made == steps
                    ? all
                    : all + ", of which " + made + " come before the next change (minimum " + pace.after(from, to, made)
                            + ")";
        }
    }

    /** If no baseline is known, only a window with its own maximum has a maximum. */
    Optional<Integer> max(Edge edge, Edge.Side side) {
        boolean known = timetable.knowsBaselineOf(edge.target())
                || schedule(edge).windows().stream()
                        .filter(w -> side.window().filter(w.name()::equals).isPresent())
                        .anyMatch(w -> w.maxReplicas().isPresent());
        return side.bounds().filter(b -> known).map(Bounds::max);
    }

    /** Why this window counts and another open window does not. */
    public List<Precedence.Beaten> beaten(Edge edge) {
        return timetable
                .precedence(edge.target(), edge.at())
                .filter(p -> edge.window().filter(p.window()::equals).isPresent())
                .map(Precedence::beaten)
                .orElse(List.of());
    }

    private ScaleSchedule schedule(Edge edge) {
        return Optional.ofNullable(schedules.get(edge.schedule())).orElseThrow();
    }
}
