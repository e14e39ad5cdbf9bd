package io.tidewatch.model.report;

import io.tidewatch.model.plan.Step;
import java.util.List;

/**
 * What happened in an interval, as the journal has it. Each list holds the newest first.
 *
 * @param incidents that were open at any instant of it
 * @param lines of the diary
 * @param steps that were written in it
 */
public record PastEvents(List<Incident> incidents, List<DiaryEntry> lines, List<Step> steps) {

    public static final PastEvents NONE = new PastEvents(List.of(), List.of(), List.of());

    public PastEvents {
        incidents = List.copyOf(incidents);
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
    }
}
