package io.tidewatch.report;

import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.TargetStatus;
import io.tidewatch.model.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How every scheduled target stands after a pass. */
public final class Statuses {

    private Statuses() {}

    /** @param before the statuses of the pass before, for since when a state lasts */
    public static List<TargetStatus> of(Pass pass, List<TargetStatus> before) {
        Map<Target, TargetStatus> known =
                before.stream().collect(Collectors.toMap(TargetStatus::target, Function.identity()));
        Map<Target, List<Hold>> holds = pass.plan().holds().stream().collect(Collectors.groupingBy(Hold::target));
        return pass.agenda().wanted().values().stream()
                .flatMap(wanted -> of(
                        wanted,
                        pass,
                        Optional.ofNullable(known.get(wanted.target())),
                        holds.getOrDefault(wanted.target(), List.of()))
                        .stream())
                .toList();
    }

    private static Optional<TargetStatus> of(
            Wanted wanted, Pass pass, Optional<TargetStatus> before, List<Hold> holds) {
        Optional<TargetObservation> seen =
                Optional.ofNullable(pass.observation().targets().get(wanted.target()));
        return pass.diagnoses().of(wanted.target()).map(diagnosis -> {
            Instant since = before.filter(known -> known.state() == diagnosis.state())
                    .map(TargetStatus::since)
                    .orElse(pass.agenda().at());
            return new TargetStatus(
                    wanted.target(),
                    wanted.window().map(Wanted.OpenWindow::name),
                    seen.flatMap(TargetObservation::scaledObject)
                            .map(ScaledObjectView::minReplicaCount)
                            .orElse(OptionalInt.empty()),
                    wanted.bounds().min(),
                    live(diagnosis),
                    seen.flatMap(TargetObservation::rollout)
                            .map(rollout -> OptionalInt.of(rollout.wantedReplicas()))
                            .orElse(OptionalInt.empty()),
                    diagnosis.state(),
                    diagnosis.cause(),
                    wanted.next(),
                    since,
                    holds.stream().map(Hold::words).findFirst().orElse(diagnosis.summary()));
        });
    }

    private static OptionalInt live(Diagnosis diagnosis) {
        return diagnosis
                .live()
                .map(counters -> OptionalInt.of(counters.availableReplicas()))
                .orElse(OptionalInt.empty());
    }
}
