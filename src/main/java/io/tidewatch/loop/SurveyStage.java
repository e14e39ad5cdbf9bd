package io.tidewatch.loop;

import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.model.cluster.Survey;
import io.tidewatch.report.SurveyLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says what we are connected to and what is missing there: once at the start, again for namespaces that definitions newly
 * name, and what has changed for as long as something is missing. While the API server does not answer (the caches say so)
 * it is asked again, ever less often.
 */
public final class SurveyStage {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final ClusterSurvey survey;
    private final Supplier<Set<String>> namespaces;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;
    private final Consumer<String> said;
    private Set<String> known = Set.of();
    private Optional<Survey> last = Optional.empty();
    private Instant due = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param namespaces those that definitions name now
     * @param alarm told when to ask again
     */
    public SurveyStage(
            ClusterSurvey survey,
            Supplier<Set<String>> namespaces,
            Clock clock,
            Consumer<Set<Instant>> alarm,
            Consumer<String> said) {
        this.survey = survey;
        this.namespaces = namespaces;
        this.clock = clock;
        this.alarm = alarm;
        this.said = said;
    }

    public synchronized void survey() {
        Set<String> asked = Set.copyOf(namespaces.get());
        boolean isNew = last.isEmpty() || !known.containsAll(asked);
        if (!isNew && (last.filter(SurveyLines::isWhole).isPresent() || isTooEarly(clock.instant()))) {
            return;
        }
        try {
            Survey found = survey.survey(asked, clock.instant());
            last.map(before -> SurveyLines.changes(before, found))
                    .orElseGet(() -> SurveyLines.of(found))
                    .forEach(said);
            if (isNew) {
                pause = FIRST_PAUSE;
            }
            last = Optional.of(found);
            known = asked;
            if (!SurveyLines.isWhole(found)) {
                again();
            }
        } catch (RuntimeException unreachable) {
            again();
        }
    }

    /** Where it was asked at an instant that is still to come, the clock was set back since. */
    private boolean isTooEarly(Instant now) {
        return now.isBefore(due) && !now.isBefore(askedAt);
    }

    private void again() {
        askedAt = clock.instant();
        due = clock.instant().plus(pause);
        alarm.accept(Set.of(due));
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
