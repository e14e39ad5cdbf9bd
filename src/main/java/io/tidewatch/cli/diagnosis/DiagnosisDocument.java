package io.tidewatch.cli.diagnosis;

import io.tidewatch.model.Counters;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A diagnosis as a document for scripts. */
final class DiagnosisDocument {

    private DiagnosisDocument() {}

    static Map<String, Object> of(Diagnosis diagnosis) {
        Fields fields = new Fields();
        fields.put("target", diagnosis.target().toString());
        fields.put("kind", diagnosis.kind());
        fields.put("state", diagnosis.state().word());
        fields.put("cause", diagnosis.cause().map(Cause::word).orElse(null));
        fields.put("hop", diagnosis.hop().map(Hop::word).orElse(null));
        fields.put("certainty", diagnosis.certainty().name().toLowerCase(Locale.ROOT));
        fields.put("summary", diagnosis.summary());
        fields.put(
                "wanted", diagnosis.desired().isPresent() ? diagnosis.desired().getAsInt() : null);
        fields.put("counters", counters(diagnosis));
        fields.put("evidence", evidence(diagnosis.evidence()));
        fields.put("causes", diagnosis.causes().stream().map(Cause::word).toList());
        fields.put("notes", diagnosis.notes().stream().map(Note::word).toList());
        fields.put("missing", diagnosis.missing());
        fields.put("remedies", remedies(diagnosis));
        fields.put(
                "advisories",
                diagnosis.advisories().stream().map(Advisory::line).toList());
        return fields.byName();
    }

    private static Map<String, Object> counters(Diagnosis diagnosis) {
        Fields counters = new Fields();
        counters.put("rollout", counters(diagnosis.claimed()));
        counters.put("live", counters(diagnosis.live()));
        return counters.byName();
    }

    private static @Nullable Object counters(Optional<Counters> counters) {
        return counters.map(found -> {
                    Fields fields = new Fields();
                    fields.put("HPAReplicas", found.hpaReplicas());
                    fields.put("replicas", found.replicas());
                    fields.put("updatedReplicas", found.updatedReplicas());
                    fields.put("readyReplicas", found.readyReplicas());
                    fields.put("availableReplicas", found.availableReplicas());
                    return fields.byName();
                })
                .orElse(null);
    }

    private static List<Map<String, Object>> evidence(List<Evidence> evidence) {
        List<Map<String, Object>> list = new ArrayList<>();
        evidence.forEach(each -> {
            Fields fields = new Fields();
            fields.put("object", each.object());
            fields.put("field", each.field());
            fields.put("value", each.value());
            list.add(fields.byName());
        });
        return list;
    }

    /** The remedies that can help, the gentle one first; none while pods are missing. */
    static List<String> remedies(Diagnosis diagnosis) {
        boolean curable = diagnosis.state() == State.STALE_STATUS
                && diagnosis
                        .cause()
                        .filter(Cause.STALE_REPLICA_SET_CACHE::equals)
                        .isPresent();
        return curable ? List.of("NudgeReplicaSets", "NudgeRollout", "RestartRollout") : List.of();
    }

    /** In the order of writing, with null for unknown values. */
    private record Fields(Map<String, Object> byName) {
        Fields() {
            this(new LinkedHashMap<>());
        }

        @SuppressWarnings("NullAway") // a document has null for an unknown value
        void put(String name, @Nullable Object value) {
            byName.put(name, value);
        }
    }
}
