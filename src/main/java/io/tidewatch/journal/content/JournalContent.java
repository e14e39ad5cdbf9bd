package io.tidewatch.journal.content;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Update;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The content of a journal that a process needs in memory to work without the file.
 *
 * @param incidents open incidents, and the incidents of {@code messages}
 * @param messages messages that no receiver has accepted yet, and the first messages about open incidents, in the order in which
 *     they were written
 * @param acknowledged ids of messages that their receivers accepted, the oldest first
 * @param resolved ids of incidents that are resolved, the oldest first
 * @param lines the latest lines with the requested codes, the oldest first
 * @param steps the latest steps, the newest first
 * @param followed the updates of Rollouts that are followed
 * @param namespaces the namespaces of all targets in the diary
 */
public record JournalContent(
        List<Incident> incidents,
        List<OutboxEntry> messages,
        List<String> acknowledged,
        List<String> resolved,
        List<DiaryEntry> lines,
        List<Step> steps,
        Map<Target, Update> followed,
        Set<String> namespaces) {

    public static final JournalContent NOTHING =
            new JournalContent(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), Set.of());

    public JournalContent {
        incidents = List.copyOf(incidents);
        messages = List.copyOf(messages);
        acknowledged = List.copyOf(acknowledged);
        resolved = List.copyOf(resolved);
        lines = List.copyOf(lines);
        steps = List.copyOf(steps);
        followed = Map.copyOf(followed);
        namespaces = Set.copyOf(namespaces);
    }
}
