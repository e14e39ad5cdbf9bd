package io.tidewatch.journal;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The content of a journal that a process needs in memory to go on without its file.
 *
 * @param incidents open incidents, and the incidents of {@code messages}
 * @param messages messages that no receiver has accepted yet, and the first messages about open incidents, in the order in which
 *     they were written
 * @param taken ids of messages that a receiver accepted, the oldest first
 * @param over ids of incidents that ended, the oldest first
 * @param lines the latest lines with the requested codes, the oldest first
 * @param steps the latest steps, the newest first
 * @param namespaces the namespaces of all targets in the diary
 */
record JournalContent(
        List<Incident> incidents,
        List<OutboxEntry> messages,
        List<String> taken,
        List<String> over,
        List<DiaryEntry> lines,
        List<Step> steps,
        Map<Target, Update> followed,
        Set<String> namespaces) {

    static final JournalContent NOTHING =
            new JournalContent(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), Set.of());

    JournalContent {
        incidents = List.copyOf(incidents);
        messages = List.copyOf(messages);
        taken = List.copyOf(taken);
        over = List.copyOf(over);
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
        followed = Map.copyOf(followed);
        namespaces = Set.copyOf(namespaces);
    }
}
