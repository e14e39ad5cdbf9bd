package io.tidewatch.app.stage;

import io.tidewatch.cluster.ClusterSurvey;
import io.tidewatch.model.Survey;
import io.tidewatch.report.SurveyLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says what we are connected to and what is missing there: once at the start, and again for namespaces that definitions
 * newly name. While the API server does not answer (the caches say so) it is asked again, ever less often.
 */
public final class SurveyStage {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final ClusterSurvey survey;
    private final Supplier<Set<String>> namespaces;
    private final Clock clock;
    private final Consumer<Set<Instant>> alarm;
    private final Consumer<String> said;
    private final Set<String> known = new HashSet<>();
    private boolean begun;
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
        Set<String> asked = new HashSet<>(namespaces.get());
        asked.removeAll(known);
        if (begun && asked.isEmpty()) {
            return;
        }
        try {
            Survey found = survey.survey(asked, clock.instant());
            SurveyLines.of(found).stream().skip(begun ? 2 : 0).forEach(said);
            begun = true;
            known.addAll(asked);
            pause = FIRST_PAUSE;
        } catch (RuntimeException unreachable) {
            alarm.accept(Set.of(clock.instant().plus(pause)));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }
}
