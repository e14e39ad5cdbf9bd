package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which ReplicaSets a Deployment's controller gives which size: kube-controller-manager, {@code deployment/sync.go},
 * {@code rolling.go} and {@code recreate.go}.
 */
final class DeploymentScaling {
    private final DeploymentState state;
    private final DeploymentView deployment;
    private final Map<String, Integer> resized = new HashMap<>();
    private final List<Write> writes = new ArrayList<>();

    DeploymentScaling(DeploymentState state) {
        this.state = state;
        this.deployment = state.deployment();
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }

    /** The Deployment has another size than before: all ReplicaSets in use take their share of the difference. */
    void scale() {
        Optional<DeploymentSet> only = onlyActiveOrLatest();
        if (only.isPresent()) {
            resize(only.get(), deployment.replicas());
        } else if (state.fresh().filter(this::isSaturated).isPresent()) {
            DeploymentState.active(state.old()).forEach(one -> resize(one, 0));
        } else if (!deployment.isRecreate()) {
            scaleProportionally();
        }
    }

    private Optional<DeploymentSet> onlyActiveOrLatest() {
        List<DeploymentSet> active = DeploymentState.active(state.sets());
        if (active.size() > 1) {
            return Optional.empty();
        }
        return active.stream()
                .findFirst()
                .or(state::fresh)
                .or(() -> state.old().stream().reduce((older, newer) -> newer));
    }

    private boolean isSaturated(DeploymentSet fresh) {
        int desired = deployment.replicas();
        return fresh.size() == desired
                && fresh.desired().filter(size -> size == desired).isPresent()
                && fresh.available() == desired;
    }

    /** What rounding leaves goes to the largest: among equals to the newest when growing, to the oldest when shrinking. */
    private void scaleProportionally() {
        int allowed = deployment.replicas() > 0 ? deployment.replicas() + deployment.maxSurge() : 0;
        List<DeploymentSet> active = new ArrayList<>(DeploymentState.active(state.sets()));
        int difference = allowed - DeploymentState.sum(active, DeploymentSet::size);
        Comparator<DeploymentSet> largest =
                Comparator.comparingInt(DeploymentSet::size).reversed();
        Comparator<DeploymentSet> byAge = Comparator.comparing(
                        (DeploymentSet one) -> one.live().created())
                .thenComparingInt(DeploymentSet::revision);
        active.sort(largest.thenComparing(difference > 0 ? byAge.reversed() : byAge));
        Map<DeploymentSet, Integer> sizes = new LinkedHashMap<>();
        int given = 0;
        for (DeploymentSet one : active) {
            int share = difference == 0 ? 0 : share(one, difference, difference - given);
            sizes.put(one, one.size() + share);
            given += share;
        }
        if (difference != 0) {
            int left = difference - given;
            sizes.computeIfPresent(active.get(0), (largestOne, size) -> Math.max(0, size + left));
        }
        sizes.forEach(this::resizeOrAnnotate);
    }

    private int share(DeploymentSet set, int difference, int left) {
        if (left == 0) {
            return 0;
        }
        if (deployment.replicas() == 0) {
            return Math.max(-set.size(), left);
        }
        int before = set.max()
                .filter(max -> max > 0)
                .orElse(Math.max(1, deployment.live().integer("status", "replicas")));
        double exact = (double) set.size() * (deployment.replicas() + deployment.maxSurge()) / before;
        int fraction = (int) Math.round(exact) - set.size();
        return difference > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
    }

    /** Grows or shrinks the new ReplicaSet as far as the surge allows; says whether it did. */
    boolean reconcileFresh(DeploymentSet fresh) {
        int desired = deployment.replicas();
        if (fresh.size() == desired) {
            return false;
        }
        return resize(fresh, fresh.size() > desired ? desired : freshSize(fresh.size()));
    }

    /** The size that a new ReplicaSet may have now; {@code size} is the one that it has. */
    int freshSize(int size) {
        int desired = deployment.replicas();
        if (deployment.isRecreate()) {
            return desired;
        }
        int others = DeploymentState.sum(state.old(), DeploymentSet::size);
        int room = desired + deployment.maxSurge() - others - size;
        return room <= 0 ? size : size + Math.min(room, desired - size);
    }

    /**
     * Takes pods from the old ReplicaSets, first those that do not serve, as long as enough stay available; says whether
     * it did.
     */
    boolean reconcileOld(int freshSize, int freshAvailable) {
        List<DeploymentSet> old = DeploymentState.active(state.old());
        int asked = DeploymentState.sum(old, DeploymentSet::size);
        int minAvailable = deployment.replicas() - deployment.maxUnavailable();
        int spare = asked + freshSize - minAvailable - (freshSize - freshAvailable);
        if (old.isEmpty() || spare <= 0) {
            return false;
        }
        int before = writes.size();
        for (DeploymentSet one : old) {
            int broken = Math.min(spare, one.size() - one.available());
            if (broken > 0) {
                resize(one, one.size() - broken);
                spare -= broken;
            }
        }
        int available = DeploymentState.sum(old, DeploymentSet::available) + freshAvailable;
        int healthy = available - minAvailable;
        for (DeploymentSet one : old) {
            int size = resized.getOrDefault(one.name(), one.size());
            int taken = Math.min(size, Math.max(0, healthy));
            if (taken > 0) {
                resize(one, size - taken);
                healthy -= taken;
            }
        }
        return writes.size() > before;
    }

    /** Recreate: all old pods go first; says whether some still had to be told. */
    boolean stopOld() {
        List<DeploymentSet> active = DeploymentState.active(state.old());
        active.forEach(one -> resize(one, 0));
        return !active.isEmpty();
    }

    /** Changes a size; the annotations alone are not worth a write. */
    private boolean resize(DeploymentSet set, int size) {
        return resized.getOrDefault(set.name(), set.size()) != size && resizeOrAnnotate(set, size);
    }

    private boolean resizeOrAnnotate(DeploymentSet set, int size) {
        int from = resized.getOrDefault(set.name(), set.size());
        Map<String, Object> patch = new LinkedHashMap<>();
        Map<String, Object> annotations = annotations(deployment);
        if (!annotations.entrySet().stream()
                .allMatch(one -> one.getValue().equals(set.live().annotations().get(one.getKey())))) {
            patch.put("metadata", Map.of("annotations", annotations));
        }
        if (from != size) {
            patch.put("spec", Map.of("replicas", size));
        }
        if (patch.isEmpty()) {
            return false;
        }
        writes.add(new Write.Patch(Kind.REPLICA_SET, set.live().key(), patch));
        if (from != size) {
            resized.put(set.name(), size);
            writes.add(Write.Announce.normal(
                    Kind.DEPLOYMENT,
                    deployment.live(),
                    "ScalingReplicaSet",
                    "Scaled %s replica set %s from %d to %d"
                            .formatted(from < size ? "up" : "down", set.name(), from, size)));
        }
        return from != size;
    }

    /** What the controller writes on each ReplicaSet that it gives a size. */
    static Map<String, Object> annotations(DeploymentView deployment) {
        return Map.of(
                DeploymentSet.DESIRED,
                "" + deployment.replicas(),
                DeploymentSet.MAX,
                "" + (deployment.replicas() + deployment.maxSurge()));
    }
}
