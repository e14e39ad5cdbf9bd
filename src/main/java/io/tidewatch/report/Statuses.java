package io.tidewatch.report;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.PreflightText;
import io.tidewatch.text.SkippedText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The status of every scheduled target after a pass. */
final class Statuses {

    private Statuses() {}

    /**
     * @param before the statuses of the pass before, for the time since when a state lasts
     * @param guard catches internal errors; the row of the target then shows only the error
     * @param kept the rows that are the same as before
     */
    static List<TargetStatus> of(Pass pass, List<TargetStatus> before, Guard guard, KnownReports kept) {
        Map<Target, TargetStatus> known =
                before.stream().collect(Collectors.toMap(TargetStatus::target, Function.identity()));
        Map<Target, List<Skipped>> skipped =
                pass.plan().skipped().stream().collect(Collectors.groupingBy(Skipped::target));
        return pass.desired().targets().stream()
                .flatMap(target -> {
                    Optional<TargetStatus> last = Optional.ofNullable(known.get(target));
                    return guard
                            .run(
                                    target,
                                    () -> of(target, pass, last, skipped.getOrDefault(target, List.of()), kept),
                                    fault -> Optional.of(TargetStatus.unknown(
                                            target,
                                            fault,
                                            since(
                                                    last,
                                                    State.UNKNOWN,
                                                    new Moment(pass.desired().at())))))
                            .stream();
                })
                .toList();
    }

    /** The same rows, but for targets with an internal error a row that shows it. */
    static List<TargetStatus> with(Faults faults, List<TargetStatus> rows, Instant now) {
        if (faults.isEmpty()) {
            return rows;
        }
        return rows.stream()
                .map(row -> faults.of(row.target())
                        .map(fault -> row.with(fault, since(Optional.of(row), State.UNKNOWN, new Moment(now))))
                        .orElse(row))
                .toList();
    }

    /** Everything that decides a row, but the time. */
    private record Question(
            Optional<TargetStatus> before,
            Optional<DesiredBounds> desired,
            Optional<TargetObservation> seen,
            Optional<Diagnosis> diagnosis,
            List<Skipped> skipped,
            Optional<String> ahead) {}

    private static Optional<TargetStatus> of(
            Target target, Pass pass, Optional<TargetStatus> before, List<Skipped> skipped, KnownReports kept) {
        Question question = new Question(
                before,
                pass.desired().of(target),
                Optional.ofNullable(pass.observation().targets().get(target)),
                pass.diagnoses().of(target),
                skipped,
                ahead(pass, target));
        return kept.status(target, before, question, pass.desired().at(), now -> of(target, question, now));
    }

    private static Optional<TargetStatus> of(Target target, Question question, Moment now) {
        Optional<DesiredBounds> desired = question.desired();
        Optional<TargetObservation> seen = question.seen();
        return question.diagnosis()
                .map(diagnosis -> new TargetStatus(
                        target,
                        desired.flatMap(DesiredBounds::window).map(DesiredBounds.OpenWindow::name),
                        minimum(desired, seen),
                        pods(diagnosis, seen),
                        diagnosis.state(),
                        diagnosis.cause(),
                        desired.flatMap(DesiredBounds::next),
                        since(question.before(), diagnosis.state(), now),
                        message(diagnosis, question.skipped(), question.ahead()),
                        held(seen, now),
                        lead(seen)));
    }

    private static Optional<String> held(Optional<TargetObservation> seen, Moment now) {
        return seen.flatMap(TargetObservation::autoscaler)
                .map(AutoscalerView::meta)
                .flatMap(meta ->
                        meta.heldUntil(now).map(until -> SkippedText.held(until, new OwnRecord(meta).holdReason())));
    }

    private static Optional<LearnedLead> lead(Optional<TargetObservation> seen) {
        return seen.flatMap(TargetObservation::autoscaler).flatMap(live -> new OwnRecord(live.meta()).lead());
    }

    private static TargetStatus.Minimum minimum(Optional<DesiredBounds> desired, Optional<TargetObservation> seen) {
        return TargetStatus.Minimum.UNKNOWN
                .withLive(seen.flatMap(TargetObservation::autoscaler)
                        .map(AutoscalerView::minimum)
                        .orElse(OptionalInt.empty()))
                .withDesired(
                        desired.map(known -> OptionalInt.of(known.goal().min())).orElse(OptionalInt.empty()));
    }

    private static TargetStatus.Pods pods(Diagnosis diagnosis, Optional<TargetObservation> seen) {
        return TargetStatus.Pods.UNKNOWN
                .withAvailable(live(diagnosis))
                .withReplicas(seen.map(TargetObservation::replicas).orElse(OptionalInt.empty()));
    }

    /** Why nothing is written to it, and what lies ahead; but that we do not know how it stands, by our own fault, goes before. */
    private static String message(Diagnosis diagnosis, List<Skipped> skipped, Optional<String> ahead) {
        if (diagnosis.isInternalError()) {
            return diagnosis.summary();
        }
        String state = skipped.stream()
                .filter(skip -> !skip.code().equals(Skipped.DEADLINE_EXTENDED))
                .map(Skipped::text)
                .findFirst()
                .orElse(diagnosis.summary());
        return ahead.map(note -> state + "; " + note).orElse(state);
    }

    /** What the preflight of its next raise found first, or what its next lowering deletes. */
    private static Optional<String> ahead(Pass pass, Target target) {
        return pass.preflights().findings(target).stream()
                .findFirst()
                .map(PreflightText::note)
                .or(() -> pass.desired()
                        .of(target)
                        .map(desired -> desired.schedule().timeZone())
                        .flatMap(zone -> pass.preflights().loss(target).map(loss -> PreflightText.note(loss, zone))));
    }

    private static Instant since(Optional<TargetStatus> before, State state, Moment now) {
        return before.filter(known -> known.state() == state)
                .map(TargetStatus::since)
                .orElseGet(now::instant);
    }

    private static OptionalInt live(Diagnosis diagnosis) {
        return diagnosis
                .live()
                .map(counters -> OptionalInt.of(counters.availableReplicas()))
                .orElse(OptionalInt.empty());
    }
}
