package io.tidewatch.report;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.report.DiaryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the lines and Events about one target in one pass. */
final class ReportLines {

    private final Target target;
    private final List<DiaryEntry> diary = new ArrayList<>();
    private final List<KubernetesEvent> events = new ArrayList<>();

    ReportLines(Target target) {
        this.target = target;
    }

    void line(Instant at, String code, String text) {
        diary.add(new DiaryEntry(at, Optional.of(target), code, text));
    }

    void event(Optional<KubernetesEvent> event) {
        event.ifPresent(events::add);
    }

    boolean isEmpty() {
        return diary.isEmpty() && events.isEmpty();
    }

    List<DiaryEntry> diary() {
        return List.copyOf(diary);
    }

    List<KubernetesEvent> events() {
        return List.copyOf(events);
    }
}
