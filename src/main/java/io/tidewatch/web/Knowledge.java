package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.NightReportHealth;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.PastSteps;
import io.tidewatch.model.report.Scope;
import io.tidewatch.view.Facts;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.itself.SelfFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the running reconciler knows, for those who look. Waits for no pass and no pull, and for the journal a few seconds at most. */
public interface Knowledge {

    /** The instant of now. */
    Instant instant();

    /** What the first page and the calendar are made of. */
    Facts facts();

    /** What only the running process knows of itself. */
    SelfFacts self();

    /** How the reports of nights stand, by source; a source without reports is not among them. */
    Map<String, NightReportHealth> reports();

    /** The changes of the next days. */
    Preview calendar();

    /** The latest steps. */
    PastSteps steps(Scope of);

    /** What the last pass diagnosed of a target; absent where no schedule names it, or no pass has run. */
    Optional<PastDiagnosis> diagnosis(Target target);

    /** What was diagnosed of a target at an instant; empty where the journal cannot be read now. */
    Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at);

    /**
     * What happened to a target from {@code from}, inclusive, to {@code to}, exclusive; empty where the journal cannot be read now.
     *
     * @param of to whom
     * @param most of each list
     */
    Optional<PastEvents> events(Scope of, Instant from, Instant to, int most);

    /** The story of an incident; empty where the journal cannot be read now. */
    Optional<IncidentStory.OfId> story(String id);
}
