package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.PastSteps;
import io.tidewatch.model.report.Scope;
import io.tidewatch.model.report.Standing;
import io.tidewatch.schedule.Timetable;
import io.tidewatch.view.Facts;
import io.tidewatch.view.calendar.CalendarView;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.itself.SelfFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a test knows of a night. */
class KnownNight implements Knowledge {

    private static final int MOST_STEPS = 1_000;

    Instant now;
    Standing standing;
    Definitions definitions = Definitions.NONE;
    List<Step> steps = List.of();
    Optional<PastEvents> events = Optional.of(PastEvents.NONE);
    Optional<IncidentStory> story = Optional.empty();
    boolean isJournalAway;
    Set<String> missing = Set.of();
    final Map<Target, PastDiagnosis> diagnoses = new TreeMap<>();

    KnownNight(Instant now, Standing standing) {
        this.now = now;
        this.standing = standing;
    }

    @Override
    public Instant instant() {
        return now;
    }

    private Optional<Timetable> timetable = Optional.empty();

    /** Compiles the definitions once, as the application does. */
    void keepTimetable() {
        timetable = Optional.of(Timetable.of(definitions));
    }

    @Override
    public Facts facts() {
        return new Facts(
                now,
                standing,
                definitions,
                timetable.orElseGet(() -> Timetable.of(definitions)),
                LearnedLeads.NONE,
                isJournalAway ? Optional.empty() : events,
                missing);
    }

    @Override
    public SelfFacts self() {
        return new SelfFacts(
                "0.1.0",
                "17",
                Map.of("pods", now.minusSeconds(3)),
                Optional.of(Map.of("slack", now.minusSeconds(600)))
                        .filter(waiting -> standing.leader().leads()),
                List.of("mail", "slack"),
                Map.of("tidewatch.resync", "PT5M"));
    }

    @Override
    public Preview calendar() {
        return Preview.of(definitions, LearnedLeads.NONE, now, now.plus(Duration.ofDays(CalendarView.DAYS)));
    }

    @Override
    public PastSteps steps(Scope of) {
        return PastSteps.of(
                steps.stream()
                        .filter(step -> of.isOf(step.target()))
                        .limit(MOST_STEPS)
                        .toList(),
                MOST_STEPS);
    }

    @Override
    public Map<String, NightReportHealth> reports() {
        return Map.of(
                "shop",
                new NightReportHealth("tidewatch/reports", Optional.of(LocalDate.of(2026, 11, 22)), Optional.empty()));
    }

    @Override
    public Optional<PastDiagnosis> diagnosis(Target target) {
        return Optional.ofNullable(diagnoses.get(target));
    }

    @Override
    public Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at) {
        return isJournalAway
                ? Optional.empty()
                : Optional.of(new PastDiagnosis.AtInstant(Optional.ofNullable(diagnoses.get(target))));
    }

    @Override
    public Optional<PastEvents> events(Scope of, Instant from, Instant to, int most) {
        return isJournalAway
                ? Optional.empty()
                : events.map(all -> new PastEvents(
                                all.incidents().stream()
                                        .filter(incident -> of.isOf(incident.target()))
                                        .toList(),
                                all.lines(),
                                all.steps().stream()
                                        .filter(step -> of.isOf(step.target()))
                                        .toList(),
                                all.cut())
                        .first(most));
    }

    @Override
    public Optional<IncidentStory.OfId> story(String id) {
        return isJournalAway ? Optional.empty() : Optional.of(new IncidentStory.OfId(story));
    }
}
