package io.tidewatch.playground.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One sync of the StatefulSet controller: kube-controller-manager, {@code stateful_set_control.go},
 * {@code updateStatefulSet}. In order, one pod at a time, each only when all lower ordinals are available; in parallel, all at
 * once. Its status counts the pods as they were before this sync.
 */
final class StatefulSetSync {
    /** The pause after a rejected pod; the real controller backs off. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final StatefulSetState state;
    private final StatefulSetView set;
    private final StatefulSetStatus status;
    private final List<Write> writes = new ArrayList<>();
    private Optional<Duration> again = Optional.empty();

    private StatefulSetSync(StatefulSetState state) {
        this.state = state;
        this.set = state.set();
        this.status = new StatefulSetStatus(state);
    }

    /** The writes of now, in order, and when to sync again without a change. */
    static Decision decide(StatefulSetState state) {
        return state.set().live().deleting() ? Decision.NOTHING : new StatefulSetSync(state).decide();
    }

    private Decision decide() {
        writes.addAll(StatefulSetRevisions.bringUpToDate(state));
        state.pods().forEach(pod -> pod.untilAvailable(set, state.now()).ifPresent(this::lookAgain));
        if (processReplicas() && processCondemned() && !set.isOnDelete()) {
            update();
        }
        status.write().ifPresent(writes::add);
        writes.addAll(StatefulSetRevisions.forget(state));
        return new Decision(writes, again);
    }

    private void lookAgain(Duration delay) {
        again = Decision.earliest(again, Optional.of(delay));
    }

    /** Whether the pods beyond the wanted ones, and then updates, have their turn. */
    private boolean processReplicas() {
        int created = 0;
        for (int ordinal = set.start(); ordinal < set.start() + set.replicas(); ordinal++) {
            Optional<StatefulPod> pod = state.pod(ordinal);
            boolean holds = pod.isEmpty() || !pod.get().isAvailable(set, state.now());
            if (pod.filter(one -> one.isEnded() && !one.live().deleting()).isPresent()) {
                delete(pod.get());
            } else if (pod.isEmpty() && !create(ordinal, created++)) {
                return false;
            }
            pod.ifPresent(this::createMissingClaims);
            if (holds && !set.isParallel()) {
                return false;
            }
        }
        return true;
    }

    /** Says whether the API server takes the pod. */
    private boolean create(int ordinal, int createdBefore) {
        String name = set.name() + "-" + ordinal;
        claims(ordinal);
        Optional<String> refused = state.refuses().of(name, createdBefore);
        if (refused.isPresent()) {
            String message =
                    "Create Pod %s in StatefulSet %s failed error: %s".formatted(name, set.name(), refused.get());
            writes.add(Write.Announce.warning(Kind.STATEFUL_SET, set.live(), "FailedCreate", message));
            lookAgain(RETRY);
            return false;
        }
        String revision = state.isCurrentNeeded(ordinal) ? state.currentRevision() : state.updateRevision();
        writes.add(new Write.Create(
                Kind.POD,
                set.live().key().namespace(),
                StatefulPod.of(set, ordinal, revision, state.template(revision))));
        announce("SuccessfulCreate", "Create Pod %s in StatefulSet %s successful", name);
        return true;
    }

    private void createMissingClaims(StatefulPod pod) {
        if (pod.live().text("status", "phase").equals("Pending")) {
            claims(pod.ordinal());
        }
    }

    private void claims(int ordinal) {
        for (Map<String, Object> claim : StatefulPod.claims(set, ordinal)) {
            String name = Fields.at(claim, "metadata", "name").orElse("").toString();
            if (!state.claims().contains(name)) {
                writes.add(new Write.Create(Kind.CLAIM, set.live().key().namespace(), claim));
                String pod = set.name() + "-" + ordinal;
                writes.add(Write.Announce.normal(
                        Kind.STATEFUL_SET,
                        set.live(),
                        "SuccessfulCreate",
                        "Create Claim %s Pod %s in StatefulSet %s success".formatted(name, pod, set.name())));
            }
        }
    }

    /** Pods beyond the wanted ones, the highest ordinal first; says whether there were none. */
    private boolean processCondemned() {
        List<StatefulPod> condemned = state.pods().stream()
                .filter(pod -> !state.isInRange(pod))
                .sorted(Comparator.comparingInt(StatefulPod::ordinal).reversed())
                .toList();
        for (StatefulPod pod : condemned) {
            boolean stuck = !pod.isAvailable(set, state.now())
                    && firstUnhealthy().filter(pod::equals).isEmpty();
            if (!set.isParallel() && (pod.live().deleting() || stuck)) {
                return false;
            }
            if (!pod.live().deleting()) {
                if (set.deletesClaims("whenScaled")) {
                    writes.addAll(claimsGoWith(pod));
                }
                delete(pod);
            }
            if (!set.isParallel()) {
                return false;
            }
        }
        return true;
    }

    private Optional<StatefulPod> firstUnhealthy() {
        return state.pods().stream()
                .filter(pod -> !pod.isReady() || pod.live().deleting())
                .findFirst();
    }

    /** The garbage collector deletes the claims with the pod that then owns them. */
    private List<Write> claimsGoWith(StatefulPod pod) {
        Map<String, Object> owner = ReplicaSetTemplate.owner(Kind.POD, pod.live());
        return set.claimTemplates().stream()
                .map(template -> StatefulPod.claimName(template, pod.live().name()))
                .filter(state.claims()::contains)
                .<Write>map(name -> new Write.Patch(
                        Kind.CLAIM,
                        new ObjectKey(set.live().key().namespace(), name),
                        Map.of("metadata", Map.of("ownerReferences", List.of(owner)))))
                .toList();
    }

    /** Replaces the highest ordinal that has another revision, once all above it are available. */
    private void update() {
        int lowest = Math.max(set.start(), set.start() + set.partition());
        for (int ordinal = set.start() + set.replicas() - 1; ordinal >= lowest; ordinal--) {
            Optional<StatefulPod> pod = state.pod(ordinal);
            if (pod.isEmpty()) {
                return;
            }
            if (!pod.get().revision().equals(state.updateRevision())
                    && !pod.get().live().deleting()) {
                delete(pod.get());
                status.replaced(pod.get());
                return;
            }
            if (!pod.get().isAvailable(set, state.now())) {
                return;
            }
        }
    }

    private void delete(StatefulPod pod) {
        writes.add(new Write.Delete(Kind.POD, pod.live().key()));
        announce(
                "SuccessfulDelete",
                "Delete Pod %s in StatefulSet %s successful",
                pod.live().name());
    }

    private void announce(String reason, String message, String pod) {
        writes.add(Write.Announce.normal(Kind.STATEFUL_SET, set.live(), reason, message.formatted(pod, set.name())));
    }
}
