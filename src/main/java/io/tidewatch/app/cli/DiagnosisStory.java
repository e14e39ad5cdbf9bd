package io.tidewatch.app.cli;

import io.tidewatch.app.cli.DiagnoseVerb.Told;
import io.tidewatch.model.Cause;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Hop;
import io.tidewatch.model.Note;
import io.tidewatch.model.State;
import java.util.List;
import java.util.stream.Collectors;

/** A diagnosis as a person reads it at night: one line, the hops, what else is known, one command. */
final class DiagnosisStory {

    private DiagnosisStory() {}

    static String of(Told told) {
        Diagnosis diagnosis = told.diagnosis();
        StringBuilder story = new StringBuilder();
        story.append(diagnosis.target())
                .append("  ")
                .append(headline(diagnosis))
                .append('\n');
        HopTable.of(told.seen(), diagnosis)
                .forEach(line -> story.append("  ").append(line).append('\n'));
        if (diagnosis.causes().size() > 1) {
            line(
                    story,
                    "also",
                    diagnosis.causes().stream().skip(1).map(Cause::word).collect(Collectors.joining(", ")));
        }
        line(story, "notes", diagnosis.notes().stream().map(Note::word).collect(Collectors.joining(", ")));
        line(story, "not seen", String.join(", ", diagnosis.missing()));
        if (diagnosis.state().isProblem()) {
            diagnosis
                    .evidence()
                    .forEach(proof ->
                            line(story, "proof", proof.object() + " " + proof.field() + " = " + proof.value()));
            diagnosis.advisories().forEach(advice -> line(story, "known", advice));
            line(story, "next", next(told));
        }
        return story.toString();
    }

    private static String headline(Diagnosis diagnosis) {
        String where = diagnosis
                .hop()
                .filter(hop -> diagnosis.state() != State.STALE_STATUS)
                .map(hop -> " at " + hop.word())
                .orElse("");
        return diagnosis.state().word() + where + ": " + diagnosis.summary();
    }

    private static void line(StringBuilder story, String what, String text) {
        if (!text.isEmpty()) {
            story.append("  ").append(String.format("%-9s", what)).append(text).append('\n');
        }
    }

    /** The next sensible command. */
    private static String next(Told told) {
        String inNamespace = " -n " + told.seen().target().namespace();
        return switch (told.diagnosis().state()) {
            case STALE_STATUS -> nudge(told, inNamespace);
            case UNKNOWN ->
                "kubectl get rollout,rs,pod,hpa,scaledobject,event,deployment -A -o yaml | tidewatch diagnose"
                        + " --cluster-state -";
            default ->
                switch (told.diagnosis().hop().orElse(Hop.ROLLOUT)) {
                    case SCALED_OBJECT, HPA -> "kubectl describe scaledobject,hpa" + inNamespace;
                    case ROLLOUT -> "kubectl argo rollouts get rollout " + rollout(told) + inNamespace;
                    case REPLICA_SET -> "kubectl describe rs" + inNamespace;
                    case POD -> "kubectl get pods -o wide" + inNamespace;
                };
        };
    }

    private static String nudge(Told told, String inNamespace) {
        List<String> serving = told.seen().replicaSets().stream()
                .filter(set -> set.specReplicas() > 0)
                .map(set -> set.meta().name())
                .toList();
        boolean curable = DiagnosisDocument.remedies(told.diagnosis()).contains("NudgeReplicaSets");
        return curable
                ? "kubectl annotate --overwrite rs " + String.join(" ", serving) + inNamespace
                        + " tidewatch.io/nudged-at=$(date -u +%FT%TZ)"
                : "kubectl get deployment -A -l app.kubernetes.io/name=argo-rollouts";
    }

    private static String rollout(Told told) {
        return told.seen().rollout().map(found -> found.meta().name()).orElse("");
    }
}
