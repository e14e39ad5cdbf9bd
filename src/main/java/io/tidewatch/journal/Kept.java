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
 * What a process must know of a journal to go on without it.
 *
 * @param incidents those that last, and those that a message of {@code messages} tells of
 * @param messages those that nobody took yet, and the beginnings of what lasts, in the order in which they were written
 * @param taken ids of messages that a receiver took, the oldest first
 * @param over ids of incidents that ended, the oldest first
 * @param lines the latest lines with the codes that were asked for, the oldest first
 * @param steps the latest, the newest first
 * @param namespaces where something was done or said
 */
record Kept(
        List<Incident> incidents,
        List<Held> messages,
        List<String> taken,
        List<String> over,
        List<DiaryEntry> lines,
        List<Step> steps,
        Map<Target, Update> followed,
        Set<String> namespaces) {

    static final Kept NOTHING =
            new Kept(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), Set.of());

    Kept {
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
