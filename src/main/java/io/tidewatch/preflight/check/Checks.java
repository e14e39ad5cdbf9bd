package io.tidewatch.preflight.check;

import io.tidewatch.model.preflight.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks, in the order of the hops that a raise passes: the write, KEDA, the HPA, the Rollout, the pods. */
public final class Checks {

    private static final List<Check> ALL = List.of(
            new HoldOverRaise(),
            new OtherWriter(),
            new PausedScaledObject(),
            new UnselectedScaledObject(),
            new KedaOperator(),
            new UnreadyScaledObject(),
            new IdleReplicas(),
            new MaximumBelow(),
            new UnableHpa(),
            new FailedTarget(),
            new RolloutsController(),
            new HeldCanary(),
            new RevisionInFlight(),
            new OwnedDeadline(),
            new QuotaCheck(),
            new PodsWithoutNode(),
            new ShortLead());

    private Checks() {}

    /** What could not be checked, and why. */
    public static List<String> unchecked(Situation situation) {
        return Stream.of(QuotaCheck.unchecked(situation), PodsWithoutNode.unchecked(situation))
                .flatMap(List::stream)
                .toList();
    }

    /** The findings about one raise; the first is the first that the raise would meet. */
    public static List<Finding> of(Situation situation) {
        return ALL.stream()
                .map(check -> check.find(situation))
                .flatMap(Optional::stream)
                .toList();
    }
}
