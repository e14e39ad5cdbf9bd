package io.tidewatch.alert;

import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The five hops from the minimum to the pods, one line each: the desired and the live number, claim beside proof, and the hop
 * that holds the others back.
 */
final class Hops {

    private static final String HERE = "  ← here";
    private static final String ABSENT = "none";
    private static final String UNSEEN = "not seen";

    private Hops() {}

    static List<String> of(TargetObservation seen, Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                Hop.SCALED_OBJECT,
                seen.scaledObject().map(found -> minimum(found.minReplicaCount(), diagnosis.desired())),
                seen,
                diagnosis));
        lines.add(line(
                Hop.HPA,
                seen.hpa()
                        .map(found -> minimum(found.minimum(), atLeastOne(diagnosis.desired()))
                                + ", requests "
                                + (found.hasComputed()
                                        ? replicas(found.desiredReplicas().orElse(0))
                                        : "nothing yet")),
                seen,
                diagnosis));
        lines.add(line(
                seen.workloadKind().toString(),
                Hop.ofWorkload(seen.workloadKind()),
                seen.workload().map(Hops::workload),
                seen,
                diagnosis));
        if (Workload.WITH_REPLICA_SETS.contains(seen.workloadKind())) {
            lines.add(line(
                    Hop.REPLICA_SET, replicaSets(seen.replicaSets(), requested(seen, diagnosis)), seen, diagnosis));
        }
        lines.add(line(
                Hop.POD,
                diagnosis
                        .live()
                        .map(live -> live.availableReplicas() + " of " + requested(seen, diagnosis) + " available"),
                seen,
                diagnosis));
        return lines;
    }

    private static String line(Hop hop, Optional<String> says, TargetObservation seen, Diagnosis diagnosis) {
        return line(hop.word(), hop, says, seen, diagnosis);
    }

    private static String line(
            String name, Hop hop, Optional<String> says, TargetObservation seen, Diagnosis diagnosis) {
        boolean isUnseen = seen.missing().contains(name)
                || (hop == Hop.HPA && seen.missing().contains("HorizontalPodAutoscaler"));
        String nothing = isUnseen ? UNSEEN : ABSENT;
        boolean isHere = diagnosis.state().isProblem()
                && name.equals(hop.word())
                && diagnosis.hop().filter(hop::equals).isPresent();
        return name + ": " + says.orElse(nothing) + (isHere ? HERE : "");
    }

    private static String workload(Workload workload) {
        String phase =
                workload instanceof RolloutView rollout ? rollout.status().phase() : "";
        return "requests "
                + (workload.areReplicasKnown() ? replicas(workload.desiredReplicas()) : "an unknown number")
                + workload.claimed()
                        .map(claimed -> ", its status says " + claimed.availableReplicas() + " of " + claimed.replicas()
                                + " available" + (phase.isEmpty() ? "" : " and " + phase))
                        .orElse("");
    }

    private static Optional<String> replicaSets(List<ReplicaSetView> sets, String requested) {
        int pods = sets.stream().mapToInt(set -> Math.max(0, set.replicas())).sum();
        return sets.isEmpty() ? Optional.empty() : Optional.of(pods + " of " + requested + " pods created");
    }

    /** How many pods the workload requests; more than the minimum under load. */
    private static String requested(TargetObservation seen, Diagnosis diagnosis) {
        return number(seen.replicas().isPresent() ? seen.replicas() : diagnosis.desired());
    }

    private static String minimum(OptionalInt live, OptionalInt desired) {
        if (desired.isEmpty()) {
            return "minimum " + number(live);
        }
        return "minimum " + number(live)
                + (live.equals(desired) ? " as desired" : ", desired is " + desired.getAsInt());
    }

    private static String replicas(int count) {
        return count + (count == 1 ? " replica" : " replicas");
    }

    /** An HPA has no minimum below one. */
    private static OptionalInt atLeastOne(OptionalInt desired) {
        return desired.isPresent() ? OptionalInt.of(Math.max(1, desired.getAsInt())) : desired;
    }

    private static String number(OptionalInt count) {
        return count.isPresent() ? Integer.toString(count.getAsInt()) : "unknown";
    }
}
