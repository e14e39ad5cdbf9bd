package io.tidewatch.model;

import java.time.Instant;
import java.util.List;

/** What a pass has to say: lines for the diary, Events, and incidents that began, changed or ended. */
public record Report(
        Instant at, List<DiaryEntry> diary, List<KubernetesEvent> events, List<Incident> opened, List<Incident> ended) {

    public Report {
        diary = List.copyOf(diary);
        events = List.copyOf(events);
        opened = List.copyOf(opened);
        ended = List.copyOf(ended);
    }
}
