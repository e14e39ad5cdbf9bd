package io.tidewatch.diagnose;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The hops from the minimum to the pods: the desired, the live and the claimed number, and which hop holds the target. */
public final class HopRows {

    private HopRows() {}

    public static List<HopRow> of(TargetObservation seen, Diagnosis diagnosis) {
        List<HopRow> rows = new ArrayList<>();
        String minimum = text(diagnosis.desired());
        rows.add(row(
                Hop.SCALED_OBJECT,
                minimum,
                seen.scaledObject().map(found -> text(found.minReplicaCount())).orElse(HopRow.UNKNOWN),
                Optional.empty(),
                diagnosis));
        rows.add(row(
                Hop.HPA,
                diagnosis.desired().isPresent()
                        ? Integer.toString(Math.max(
                                isZeroAllowed(seen) ? 0 : 1, diagnosis.desired().getAsInt()))
                        : HopRow.UNKNOWN,
                seen.hpa()
                        .filter(HpaView::isMinimumKnown)
                        .map(found -> Integer.toString(found.minReplicas()))
                        .orElse(HopRow.UNKNOWN),
                seen.hpa().flatMap(found -> number(found.desiredReplicas())),
                diagnosis));
        String replicas = text(seen.replicas());
        WorkloadKind kind = seen.workloadKind();
        rows.add(row(
                kind.name(),
                Hop.ofWorkload(kind),
                minimum + "+",
                replicas,
                diagnosis.claimed().map(Counters::replicas).map(String::valueOf),
                diagnosis));
        if (Workload.WITH_REPLICA_SETS.contains(kind)) {
            rows.add(row(Hop.REPLICA_SET, replicas, replicaSets(seen, diagnosis), Optional.empty(), diagnosis));
        }
        rows.add(row(
                Hop.POD,
                replicas,
                diagnosis
                        .live()
                        .filter(live -> !diagnosis.missing().contains(Hop.POD.word()))
                        .map(live -> Integer.toString(live.availableReplicas()))
                        .orElse(HopRow.UNKNOWN),
                diagnosis.claimed().map(Counters::availableReplicas).map(String::valueOf),
                diagnosis));
        return List.copyOf(rows);
    }

    private static String replicaSets(TargetObservation seen, Diagnosis diagnosis) {
        return diagnosis.live().isEmpty()
                ? HopRow.UNKNOWN
                : Integer.toString(seen.replicaSets().stream()
                        .mapToInt(set -> Math.max(0, set.replicas()))
                        .sum());
    }

    /** KEDA never writes a minimum of 0 to its HPA; an HPA without KEDA may have 0. */
    private static boolean isZeroAllowed(TargetObservation seen) {
        return seen.scaledObject().isEmpty()
                && seen.hpa().filter(found -> found.minReplicas() == 0).isPresent();
    }

    private static HopRow row(Hop hop, String desired, String now, Optional<String> claimed, Diagnosis diagnosis) {
        return row(hop.word(), hop, desired, now, claimed, diagnosis);
    }

    /** A hop that was not observed has no verdict, nor has a hop behind the late hop, since it has nothing to follow yet. */
    private static HopRow row(
            String name, Hop hop, String desired, String now, Optional<String> claimed, Diagnosis diagnosis) {
        boolean isItself = name.equals(hop.word());
        if (isItself && diagnosis.hop().filter(hop::equals).isPresent()) {
            return new HopRow(name, desired, now, claimed, word(diagnosis.state()), since(diagnosis));
        }
        boolean isAfter =
                diagnosis.hop().filter(held -> held.compareTo(hop) < 0).isPresent();
        boolean statusAlone = diagnosis.progress().shortage().disagreesSince().isPresent();
        boolean isUnjudged =
                diagnosis.state() == State.UNKNOWN || now.equals(HopRow.UNKNOWN) || (isAfter && !statusAlone);
        return new HopRow(name, desired, now, claimed, isUnjudged ? "" : HopRow.OK, Optional.empty());
    }

    private static String word(State state) {
        return switch (state) {
            case AVAILABILITY_LAG -> "late";
            case STALE_STATUS -> "stale";
            case WAITING -> "waits";
            default -> state.word().toLowerCase(Locale.ROOT);
        };
    }

    private static Optional<Instant> since(Diagnosis diagnosis) {
        Progress progress = diagnosis.progress();
        return progress.shortage()
                .disagreesSince()
                .or(progress.shortage()::podsSince)
                .or(progress.step()::hpaAt)
                .or(progress.step()::startedAt)
                .map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<String> number(OptionalInt count) {
        return count.isPresent() ? Optional.of(Integer.toString(count.getAsInt())) : Optional.empty();
    }

    private static String text(OptionalInt count) {
        return count.isPresent() ? Integer.toString(count.getAsInt()) : HopRow.UNKNOWN;
    }
}
