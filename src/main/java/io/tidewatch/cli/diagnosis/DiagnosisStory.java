package io.tidewatch.cli.diagnosis;

import io.tidewatch.cli.diagnosis.DiagnosisOutput.Diagnosed;
import io.tidewatch.diagnose.NextCommands;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** A diagnosis for people: one line, the hops, notes and proof, one command. */
final class DiagnosisStory {

    private static final int LONGEST_PROOF = 240;

    private DiagnosisStory() {}

    static String of(Diagnosed diagnosed) {
        Diagnosis diagnosis = diagnosed.diagnosis();
        StringBuilder story = new StringBuilder();
        story.append(diagnosis.target())
                .append("  ")
                .append(headline(diagnosis))
                .append('\n');
        HopTable.of(diagnosed.seen(), diagnosis)
                .forEach(line -> story.append("  ").append(line).append('\n'));
        if (diagnosis.causes().size() > 1) {
            line(
                    story,
                    "also",
                    diagnosis.causes().stream().skip(1).map(Cause::word).collect(Collectors.joining(", ")));
        }
        diagnosis.notes().forEach(note -> line(story, "note", NoteMessages.of(note, diagnosed)));
        if (diagnosis.state() == State.WAITING) {
            line(
                    story,
                    "in time",
                    diagnosis
                            .progress()
                            .due()
                            .deadline()
                            .map(at -> "until " + at.truncatedTo(ChronoUnit.SECONDS))
                            .orElse(""));
        }
        line(story, "not seen", String.join(", ", diagnosis.missing()));
        if (diagnosis.state().isProblem() || diagnosis.cause().isPresent()) {
            diagnosis
                    .evidence()
                    .forEach(proof ->
                            line(story, "proof", brief(proof.object() + " " + proof.field() + " = " + proof.value())));
            if (diagnosis.state().isProblem()) {
                AdvisoryLines.of(diagnosis).forEach(advice -> line(story, "known", advice));
                diagnosis.explaining().forEach(advisory -> line(story, "to do", advisory.advice()));
            }
            line(story, "next", NextCommands.of(diagnosed.seen(), diagnosis));
        }
        return story.toString();
    }

    private static String brief(String proof) {
        return proof.length() <= LONGEST_PROOF ? proof : proof.substring(0, LONGEST_PROOF - 1) + "…";
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
}
