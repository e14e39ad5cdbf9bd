package io.tidewatch.diagnose;

import io.tidewatch.diagnose.cause.Causes;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.rule.Convergence;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The next sensible command for a diagnosis. The command of a cause stands in the class that finds the cause; without a
 * cause, the command shows the hop at which the target is late.
 */
public final class NextCommands {

    private static final String DUMP = "kubectl get rollout,deployment,sts,rs,pod,hpa,scaledobject,event -A -o yaml"
            + " | tidewatch diagnose --cluster-state -";

    private static final Map<Cause, Function<Kubectl, String>> BY_CAUSE = Stream.of(
                    Causes.nextCommands(),
                    Convergence.nextCommands(),
                    Map.<Cause, Function<Kubectl, String>>of(
                            Cause.INTERNAL_ERROR, kubectl -> "tidewatch status" + kubectl.inNamespace()))
            .flatMap(commands -> commands.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private NextCommands() {}

    public static String of(TargetObservation seen, Diagnosis diagnosis) {
        if (diagnosis.state() == State.UNKNOWN) {
            return DUMP;
        }
        Kubectl kubectl = new Kubectl(seen, diagnosis);
        return diagnosis
                .cause()
                .map(BY_CAUSE::get)
                .map(command -> command.apply(kubectl))
                .orElseGet(() -> byHop(kubectl));
    }

    /** Whether the check of this cause gives the next command. */
    public static boolean knows(Cause cause) {
        return BY_CAUSE.containsKey(cause);
    }

    private static String byHop(Kubectl kubectl) {
        return switch (kubectl.diagnosis().hop().orElse(Hop.ROLLOUT)) {
            case SCALED_OBJECT -> kubectl.describeScaledObject();
            case HPA -> kubectl.describeHpa();
            case ROLLOUT, DEPLOYMENT, STATEFUL_SET -> kubectl.describeWorkload();
            case REPLICA_SET -> "kubectl describe rs" + kubectl.inNamespace();
            case POD -> "kubectl get pods -o wide" + kubectl.inNamespace();
        };
    }
}
