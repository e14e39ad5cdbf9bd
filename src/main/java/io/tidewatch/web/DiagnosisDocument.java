package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.report.PastDiagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to {@code GET /diagnosis}. Absent values are null. */
final class DiagnosisDocument {

    private DiagnosisDocument() {}

    /** @param resync the longest time between two passes */
    static Map<String, @Nullable Object> of(Target target, Instant at, PastDiagnosis.AtInstant found, Duration resync) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("target", target.toString());
        document.put("at", at.toString());
        document.put(
                "keptAt", found.diagnosis().map(kept -> kept.at().toString()).orElse(null));
        document.put(
                "diagnosis",
                found.diagnosis()
                        .filter(kept -> kept.countsAt(at, resync))
                        .map(DiagnosisDocument::diagnosis)
                        .orElse(null));
        return document;
    }

    private static Map<String, @Nullable Object> diagnosis(PastDiagnosis kept) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("since", kept.at().toString());
        fields.put("state", kept.state().word());
        fields.put("cause", kept.cause().map(Cause::word).orElse(null));
        fields.put("hop", kept.hop().map(Hop::word).orElse(null));
        fields.put("certainty", kept.certainty().name().toLowerCase(Locale.ROOT));
        fields.put("summary", kept.summary());
        fields.put("wanted", kept.desired().isPresent() ? kept.desired().getAsInt() : null);
        fields.put(
                "evidence",
                kept.evidence().stream().map(DiagnosisDocument::evidence).toList());
        return fields;
    }

    private static Map<String, Object> evidence(Evidence proof) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("object", proof.object());
        fields.put("field", proof.field());
        fields.put("value", proof.value());
        return fields;
    }
}
