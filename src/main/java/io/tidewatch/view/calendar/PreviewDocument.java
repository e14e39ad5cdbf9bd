package io.tidewatch.view.calendar;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.schedule.Skip;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calendar as a document for scripts, in the time zone of each schedule. */
public final class PreviewDocument {

    private PreviewDocument() {}

    public static Map<String, Object> of(Preview preview) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "edges",
                preview.edges().stream().map(edge -> fields(edge, preview)).toList());
        document.put(
                "skips", preview.skips().stream().map(PreviewDocument::fields).toList());
        return document;
    }

    private static Map<String, @Nullable Object> fields(Edge edge, Preview preview) {
        ZoneId zone = preview.zone(edge);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", text(edge.at(), zone));
        fields.put("schedule", edge.schedule());
        fields.put("target", edge.target().toString());
        fields.put("window", orNull(edge.window()));
        fields.put("actsAt", text(edge.actsAt(), zone));
        fields.put("edge", edge.isEnd() ? "end" : "start");
        fields.put("from", orNull(edge.change().before().bounds().map(Bounds::min)));
        fields.put("to", orNull(edge.change().after().bounds().map(Bounds::min)));
        fields.put("fromMax", orNull(preview.max(edge, edge.change().before())));
        fields.put("toMax", orNull(preview.max(edge, edge.change().after())));
        preview.lead(edge).ifPresent(lead -> fields.put("lead", lead(lead)));
        preview.ramp(edge)
                .ifPresent(ramp -> fields.put(
                        "steps",
                        ramp.steps().stream().map(step -> step(step, zone)).toList()));
        return fields;
    }

    private static Map<String, @Nullable Object> lead(Preview.LeadOfEdge lead) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("counts", lead.counts().toString());
        fields.put("learned", orNull(lead.learned().map(LearnedLead::length).map(Duration::toString)));
        fields.put("basis", orNull(lead.learned().map(LearnedLead::basis)));
        return fields;
    }

    private static Map<String, Object> step(Ramp.Step step, ZoneId zone) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", text(step.at(), zone));
        fields.put("minReplicas", step.minimum());
        return fields;
    }

    private static Map<String, Object> fields(Skip skip) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", text(skip.at(), skip.schedule().timeZone()));
        fields.put("schedule", skip.schedule().id());
        fields.put("window", skip.window());
        fields.put("reason", skip.why());
        return fields;
    }

    private static @Nullable Object orNull(Optional<?> value) {
        return value.isPresent() ? value.get() : null;
    }

    private static String text(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }
}
