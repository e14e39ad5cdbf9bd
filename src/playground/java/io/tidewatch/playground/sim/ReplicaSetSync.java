package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One sync of the ReplicaSet controller: kube-controller-manager, {@code replica_set.go}, {@code syncReplicaSet}. */
final class ReplicaSetSync {
    /** The pause after a rejected pod; the real controller backs off. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private ReplicaSetSync() {}

    /**
     * Pods first, then the status, which still counts the pods from before: the next sync, at the pods' own watch
     * events, counts the new ones.
     *
     * @param pods the ReplicaSet's pods that are not being deleted
     * @param podName a name for a new pod, from its prefix
     * @param admission whether the API server takes it
     */
    static Decision decide(
            Live replicaSet, List<Live> pods, UnaryOperator<String> podName, Admission admission, Instant now) {
        List<Write> writes = new ArrayList<>();
        if (replicaSet.deleting()) {
            return Decision.NOTHING;
        }
        int missing = new RsCopy(replicaSet).size() - pods.size();
        Optional<String> rejected = Optional.empty();
        for (int i = 0; i < missing && rejected.isEmpty(); i++) {
            String name = podName.apply(replicaSet.name() + "-");
            rejected = admission.refuses(replicaSet.key().namespace(), name, i);
            if (rejected.isPresent()) {
                break;
            }
            writes.add(new Write.Create(Kind.POD, replicaSet.key().namespace(), pod(replicaSet, name)));
            writes.add(Write.Announce.normal(Kind.REPLICA_SET, replicaSet, "SuccessfulCreate", "Created pod: " + name));
        }
        pods.stream().sorted(firstToGo()).limit(Math.max(0, -missing)).forEach(pod -> {
            writes.add(new Write.Delete(Kind.POD, pod.key()));
            writes.add(Write.Announce.normal(
                    Kind.REPLICA_SET, replicaSet, "SuccessfulDelete", "Deleted pod: " + pod.name()));
        });
        Map<String, Object> status = status(replicaSet, pods, now);
        boolean newlyRejected = rejected.isPresent() && !replicaSet.has("status", "conditions");
        if (newlyRejected) {
            writes.add(Write.Announce.warning(
                    Kind.REPLICA_SET, replicaSet, "FailedCreate", "Error creating: " + rejected.get()));
            status.put("conditions", List.of(failure(rejected.get(), now)));
        } else if (rejected.isEmpty()) {
            status.remove("conditions");
        }
        Map<String, Object> patch = Fields.mergePatch(replicaSet.map("status"), status);
        if (!patch.isEmpty()) {
            writes.add(new Write.PatchStatus(Kind.REPLICA_SET, replicaSet.key(), patch));
        }
        Optional<Duration> retry = rejected.map(why -> RETRY);
        return new Decision(writes, Decision.earliest(retry, nextAvailable(replicaSet, pods, now)));
    }

    /** When the next ready pod has been so for minReadySeconds. */
    private static Optional<Duration> nextAvailable(Live replicaSet, List<Live> pods, Instant now) {
        int minReadySeconds = replicaSet.integer("spec", "minReadySeconds");
        return pods.stream()
                .flatMap(pod -> Pods.untilAvailable(pod, minReadySeconds, now).stream())
                .min(Duration::compareTo);
    }

    private static Map<String, Object> failure(String message, Instant now) {
        return Fields.tree(
                "lastTransitionTime",
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                "message",
                message,
                "reason",
                "FailedCreate",
                "status",
                "True",
                "type",
                "ReplicaFailure");
    }

    /** Unassigned before assigned, pending before running, not ready before ready, young before old. */
    private static Comparator<Live> firstToGo() {
        return Comparator.comparing((Live pod) -> pod.has("spec", "nodeName"))
                .thenComparing(pod -> pod.text("status", "phase").equals("Running"))
                .thenComparing(Pods::isReady)
                .thenComparing(Live::created, Comparator.reverseOrder())
                .thenComparing(Live::name);
    }

    private static Map<String, Object> status(Live replicaSet, List<Live> pods, Instant now) {
        int minReadySeconds = replicaSet.integer("spec", "minReadySeconds");
        int ready = (int) pods.stream().filter(Pods::isReady).count();
        int available = (int) pods.stream()
                .filter(pod -> Pods.isAvailable(pod, minReadySeconds, now))
                .count();
        Map<String, Object> status = new LinkedHashMap<>(replicaSet.map("status"));
        put(status, "fullyLabeledReplicas", pods.size());
        put(status, "readyReplicas", ready);
        put(status, "availableReplicas", available);
        status.put("replicas", pods.size());
        status.put("observedGeneration", replicaSet.generation());
        return status;
    }

    private static void put(Map<String, Object> status, String counter, int value) {
        if (value == 0) {
            status.remove(counter);
        } else {
            status.put(counter, value);
        }
    }

    private static Map<String, Object> pod(Live replicaSet, String name) {
        Map<String, Object> template = replicaSet.map("spec", "template");
        Map<String, Object> meta = Fields.map(Fields.at(template, "metadata").orElse(Map.of()));
        meta.put("name", name);
        meta.put("generateName", replicaSet.name() + "-");
        meta.put("namespace", replicaSet.key().namespace());
        meta.put("ownerReferences", List.of(ReplicaSetTemplate.owner(Kind.REPLICA_SET, replicaSet)));
        return Fields.tree(
                "apiVersion", Kind.POD.apiVersion(),
                "kind", Kind.POD.kindName(),
                "metadata", meta,
                "spec", Fields.map(Fields.at(template, "spec").orElse(Map.of())),
                "status", Map.of("phase", "Pending"));
    }
}
