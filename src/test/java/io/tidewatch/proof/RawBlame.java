package io.tidewatch.proof;

import static io.tidewatch.proof.Raw.at;
import static io.tidewatch.proof.Raw.count;
import static io.tidewatch.proof.Raw.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether the raw objects show what blames kube-controller-manager, or a lower ordinal, for a Deployment or StatefulSet that is late.
 * Where they do not, the answer accuses somebody without proof.
 */
public final class RawBlame {

    private final RawChain chain;

    private RawBlame(RawChain chain) {
        this.chain = chain;
    }

    /** @param cause the word that was answered; true for any word but these two */
    public static boolean isShown(List<Map<String, Object>> objects, String namespace, String name, String cause) {
        RawChain chain = new RawChain(objects, namespace, name);
        boolean isOurs = chain.workload.isPresent()
                && List.of("Deployment", "StatefulSet").contains(chain.kind);
        return switch (cause) {
            case "WorkloadControllerNotFollowing" -> isOurs && new RawBlame(chain).isControllerBehind();
            case "OrdinalBlocked" -> isOurs && new RawBlame(chain).isOrdinalInTheWay();
            default -> true;
        };
    }

    private Object workload() {
        return chain.workload.orElseThrow();
    }

    private boolean isControllerBehind() {
        double replicas = chain.replicas();
        boolean isUntold = chain.sets().stream()
                .anyMatch(set -> RawChain.spec(set) != 0
                        && Raw.countIn(text(
                                        set, "metadata", "annotations", "deployment.kubernetes.io/desired-replicas"))
                                != replicas);
        boolean isUnmade =
                chain.kind.equals("StatefulSet") && members() < replicas && pods().allMatch(RawBlame::isReady);
        return !Double.isNaN(replicas)
                && (isUnseen(workload()) || chain.sets().stream().anyMatch(RawBlame::isUnseen) || isUntold || isUnmade);
    }

    private static boolean isUnseen(Object object) {
        return !(Raw.generation(object, "status", "observedGeneration")
                >= Raw.generation(object, "metadata", "generation"));
    }

    private boolean isOrdinalInTheWay() {
        return chain.kind.equals("StatefulSet")
                && !text(workload(), "spec", "podManagementPolicy").equals("Parallel")
                && members() < chain.replicas()
                && pods().anyMatch(pod -> !isReady(pod));
    }

    /** How many ordinals have a pod. */
    private long members() {
        double start = Math.max(0, count(0, workload(), "spec", "ordinals", "start"));
        return pods().mapToDouble(pod -> RawChain.ordinal(workload(), pod))
                .filter(ordinal -> ordinal >= start && ordinal < start + chain.replicas())
                .distinct()
                .count();
    }

    private Stream<Object> pods() {
        return chain.pods(workload()).stream()
                .filter(pod -> at(pod, "metadata", "deletionTimestamp") == null)
                .filter(pod -> !Double.isNaN(RawChain.ordinal(workload(), pod)));
    }

    private static boolean isReady(Object pod) {
        return Raw.says(pod, "Ready", "True");
    }
}
