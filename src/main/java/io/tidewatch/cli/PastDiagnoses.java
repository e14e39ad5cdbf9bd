package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.model.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a running reconciler diagnosed of the targets with a name at an instant. */
record PastDiagnoses(Instant at, List<JsonNode> answers) {

    /** A name may be that of a target in several namespaces. */
    private static final int MOST_TARGETS = 20;

    /** @param name NAMESPACE/NAME, or NAME of targets that schedules name now */
    static PastDiagnoses of(RunningReconciler running, String name, Instant at) {
        List<JsonNode> answers = new ArrayList<>();
        for (String target : targets(running, name)) {
            answers.add(running.get(
                    "/diagnosis?target=" + URLEncoder.encode(target, StandardCharsets.UTF_8) + "&at=" + at));
        }
        return new PastDiagnoses(at, answers);
    }

    private static List<String> targets(RunningReconciler running, String name) {
        if (name.contains("/")) {
            return List.of(name);
        }
        List<String> found = RunningReconciler.targets(running.get("/status")).stream()
                .filter(target -> target.name().equals(name))
                .map(Target::toString)
                .limit(MOST_TARGETS)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no schedule has a target " + name + " now; for a target of the past write NAMESPACE/NAME");
        }
        return found;
    }

    Map<String, Object> document() {
        return RunningReconciler.document("diagnoses", answers);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonNode answer : answers) {
            String target = answer.path("target").asText();
            JsonNode kept = answer.path("diagnosis");
            if (kept.isNull() || kept.isMissingNode()) {
                text.append(target)
                        .append("  nothing is known of ")
                        .append(at)
                        .append(
                                answer.hasNonNull("keptAt")
                                        ? ": nobody looked in the day before; last kept "
                                                + answer.path("keptAt").asText()
                                        : "")
                        .append('\n');
                continue;
            }
            text.append(target)
                    .append("  ")
                    .append(kept.path("state").asText())
                    .append(kept.hasNonNull("cause") ? "/" + kept.path("cause").asText() : "")
                    .append(kept.hasNonNull("hop") ? " at " + kept.path("hop").asText() : "")
                    .append(": ")
                    .append(kept.path("summary").asText())
                    .append('\n');
            line(text, "since", kept.path("since").asText());
            line(text, "desired", kept.path("wanted").asText("?"));
            kept.path("evidence")
                    .forEach(proof -> line(
                            text,
                            "proof",
                            proof.path("object").asText() + " "
                                    + proof.path("field").asText() + " = "
                                    + proof.path("value").asText()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("  ").append(String.format("%-9s", what)).append(value).append('\n');
    }
}
