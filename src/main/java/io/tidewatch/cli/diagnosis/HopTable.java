package io.tidewatch.cli.diagnosis;

import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of the five hops from the minimum to the pods: the desired and the live number, and which hop is late. */
final class HopTable {

    private static final String UNKNOWN = "-";

    private HopTable() {}

    static List<String> of(TargetObservation seen, Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(row("HOP", "DESIRED", "NOW", "", ""));
        String minimum = text(diagnosis.desired());
        lines.add(row(
                Hop.SCALED_OBJECT,
                minimum,
                seen.scaledObject().map(found -> text(found.minReplicaCount())).orElse(UNKNOWN),
                diagnosis));
        lines.add(row(
                Hop.HPA,
                diagnosis.desired().isPresent()
                        ? Integer.toString(Math.max(
                                isZeroAllowed(seen) ? 0 : 1, diagnosis.desired().getAsInt()))
                        : UNKNOWN,
                seen.hpa()
                        .filter(HpaView::isMinimumKnown)
                        .map(found -> Integer.toString(found.minReplicas()))
                        .orElse(UNKNOWN),
                diagnosis));
        String replicas = seen.replicas().isPresent() ? text(seen.replicas()) : UNKNOWN;
        WorkloadKind kind = seen.workloadKind();
        lines.add(row(kind.name(), Hop.ofWorkload(kind), minimum + "+", replicas, diagnosis));
        if (Workload.WITH_REPLICA_SETS.contains(kind)) {
            lines.add(row(Hop.REPLICA_SET, replicas, replicaSets(seen, diagnosis), diagnosis));
        }
        lines.add(row(
                Hop.POD,
                replicas,
                diagnosis
                        .live()
                        .filter(live -> !diagnosis.missing().contains(Hop.POD.word()))
                        .map(live -> Integer.toString(live.availableReplicas()))
                        .orElse(UNKNOWN),
                diagnosis));
        return lines;
    }

    private static String replicaSets(TargetObservation seen, Diagnosis diagnosis) {
        return diagnosis.live().isEmpty()
                ? UNKNOWN
                : Integer.toString(seen.replicaSets().stream()
                        .mapToInt(set -> Math.max(0, set.replicas()))
                        .sum());
    }

    /** KEDA never writes a minimum of 0 to its HPA; an HPA without KEDA may have 0. */
    private static boolean isZeroAllowed(TargetObservation seen) {
        return seen.scaledObject().isEmpty()
                && seen.hpa().filter(found -> found.minReplicas() == 0).isPresent();
    }

    /** A hop that was not observed has no verdict, nor has a hop behind the late hop, since it has nothing to follow yet. */
    private static String row(Hop hop, String desired, String now, Diagnosis diagnosis) {
        return row(hop.word(), hop, desired, now, diagnosis);
    }

    private static String row(String name, Hop hop, String desired, String now, Diagnosis diagnosis) {
        boolean isItself = name.equals(hop.word());
        if (isItself && diagnosis.hop().filter(hop::equals).isPresent()) {
            return row(name, desired, now, word(diagnosis.state()), since(diagnosis));
        }
        boolean isAfter =
                diagnosis.hop().filter(held -> held.compareTo(hop) < 0).isPresent();
        boolean statusAlone = diagnosis.progress().shortage().disagreesSince().isPresent();
        boolean isUnjudged = diagnosis.state() == State.UNKNOWN || now.equals(UNKNOWN) || (isAfter && !statusAlone);
        return row(name, desired, now, isUnjudged ? "" : "ok", "");
    }

    private static String word(State state) {
        return switch (state) {
            case AVAILABILITY_LAG -> "late";
            case STALE_STATUS -> "stale";
            case WAITING -> "waits";
            default -> state.word().toLowerCase(Locale.ROOT);
        };
    }

    private static String since(Diagnosis diagnosis) {
        Progress progress = diagnosis.progress();
        Optional<Instant> since = progress.shortage()
                .disagreesSince()
                .or(progress.shortage()::podsSince)
                .or(progress.step()::hpaAt)
                .or(progress.step()::startedAt);
        return since.map(at -> "since " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    }

    private static String row(String hop, String desired, String now, String verdict, String since) {
        return String.format("%-13s %7s %6s  %-6s %s", hop, desired, now, verdict, since)
                .stripTrailing();
    }

    private static String text(OptionalInt count) {
        return count.isPresent() ? Integer.toString(count.getAsInt()) : UNKNOWN;
    }
}
