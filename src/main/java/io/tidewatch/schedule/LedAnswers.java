package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of one schedule over one baseline, for each lead that targets have learned. Targets with the same lead share them. The
 * leads that were asked for last are kept; another one is searched anew.
 */
final class LedAnswers {

    /** There are 60 leads up to half an hour. */
    private static final int MOST_LEADS = 256;

    private final CompiledSchedule schedule;
    private final Optional<Bounds> baseline;
    private final Answers withoutLead;
    private final Map<Duration, Answers> byLead = new LinkedHashMap<>(16, 0.75f, true);

    LedAnswers(CompiledSchedule schedule, Optional<Bounds> baseline) {
        this.schedule = schedule;
        this.baseline = baseline;
        this.withoutLead = new Answers(schedule, baseline);
    }

    /** @param learned what counts only where the schedule learns a lead */
    Answers.Answer at(Instant now, Optional<Duration> learned) {
        return learned.map(this::answers).orElse(withoutLead).at(now);
    }

    private synchronized Answers answers(Duration learned) {
        Answers answers = byLead.computeIfAbsent(learned, lead -> new Answers(schedule.learning(lead), baseline));
        if (byLead.size() > MOST_LEADS) {
            byLead.remove(byLead.keySet().iterator().next());
        }
        return answers;
    }
}
