package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which ReplicaSets the Rollouts controller scales, and to which size: argo-rollouts, {@code rollout/replicaset.go}. */
final class ReplicaScaling {
    private static final Duration ABORT_DELAY = Duration.ofSeconds(30);

    private final RolloutState state;
    private final RolloutView rollout;
    private final int desired;
    private final List<Write> writes = new ArrayList<>();
    private Optional<Duration> again = Optional.empty();
    private boolean resized;

    ReplicaScaling(RolloutState state) {
        this.state = state;
        this.rollout = state.rollout();
        this.desired = rollout.replicas();
    }

    /** A ReplicaSet in use still carries another desired size than the Rollout's. */
    boolean isScalingEvent() {
        List<RsCopy> considered = new ArrayList<>();
        if (state.version() == RolloutsVersion.V1_7_2) {
            considered.addAll(state.replicaSets());
        } else {
            state.fresh().ifPresent(considered::add);
            state.stable().ifPresent(considered::add);
        }
        state.passedBy().ifPresent(considered::remove);
        return considered.stream()
                .filter(one -> one.size() > 0)
                .anyMatch(one -> one.desired().isPresent() && one.desired().get() != desired);
    }

    Decision reconcile() {
        if (rollout.isBlueGreen()) {
            blueGreen();
        } else if (!rollout.isHalted()) {
            canary();
        }
        return new Decision(writes, again);
    }

    /** Whether the last reconciliation gave some ReplicaSet another size. */
    boolean hasResized() {
        return resized;
    }

    private void blueGreen() {
        keepWithoutDeadline();
        state.stable().ifPresent(stable -> scale(stable, desired));
        state.fresh()
                .filter(fresh -> state.stable().filter(fresh::equals).isEmpty())
                .filter(fresh -> state.passedBy().isEmpty())
                .ifPresent(fresh -> scaleFresh(fresh, previewSize(fresh)));
        byRevisionDescending(state.others()).stream()
                .filter(other -> other.size() > 0)
                .filter(other -> !isReferenced(other))
                .forEach(other -> retire(other, desired));
        forgetHistory();
    }

    /** A preview may be smaller until somebody promotes it. */
    private int previewSize(RsCopy fresh) {
        boolean isActive =
                rollout.activeHash().isEmpty() || rollout.activeHash().equals(fresh.hash());
        boolean resumed = !rollout.isPaused() && rollout.isPreviewScaledUp();
        return isActive || resumed ? desired : rollout.previewReplicas().orElse(desired);
    }

    /** The new ReplicaSet of an aborted update serves on for a while, once the stable one carries all. */
    private boolean scaleFresh(RsCopy fresh, int size) {
        boolean apart = state.stable().isPresent()
                && !fresh.hash().equals(state.stable().get().hash());
        if (!apart || !rollout.delaysScaleDownOnAbort()) {
            return scale(fresh, size);
        }
        if (fresh.deadline().isPresent()) {
            Duration left = Duration.between(state.now(), fresh.deadline().get());
            if (left.isNegative() || left.isZero()) {
                return scale(fresh, 0);
            }
            lookAgain(left);
        } else if (fresh.size() > 0 && state.stable().get().available() == desired) {
            setDeadline(fresh, ABORT_DELAY);
        }
        return false;
    }

    private void setDeadline(RsCopy rs, Duration delay) {
        annotate(
                rs,
                RsCopy.SCALE_DOWN_DEADLINE,
                state.now().plus(delay).truncatedTo(ChronoUnit.SECONDS).toString());
        lookAgain(delay);
    }

    /** One ReplicaSet a turn, the stable first: what is scaled next depends on how that one fares. */
    private void canary() {
        keepWithoutDeadline();
        CanaryCounts counts = CanaryCounts.of(state);
        boolean stableIsOld = state.stable().isPresent() && !state.stable().equals(state.fresh());
        if (stableIsOld && scale(state.stable().get(), counts.stable())) {
            return;
        }
        if (state.fresh().isPresent() && scaleFresh(state.fresh().get(), counts.fresh())) {
            return;
        }
        if (rollout.isTrafficRouted()) {
            retireOthers();
        } else {
            drainOthers();
        }
        if (writes.isEmpty()) {
            forgetHistory();
        }
    }

    /** Behind a router the last stable ReplicaSet serves on; one that never was stable goes at once. */
    private void retireOthers() {
        boolean promoted = rollout.stableHash().equals(state.freshHash());
        for (RsCopy other : byRevisionDescending(state.others())) {
            if (other.size() > 0 && !isReferenced(other)) {
                if (!rollout.scalesStableDynamically()
                        && (promoted || other.deadline().isPresent())) {
                    retire(other, other.size());
                } else {
                    scale(other, 0);
                }
            }
        }
    }

    private void drainOthers() {
        int spare = state.total(RsCopy::available) - (desired - rollout.maxUnavailable());
        for (RsCopy other : byRevisionDescending(state.others())) {
            if (other.size() == 0) {
                continue;
            }
            if (other.available() < other.size()) {
                scale(other, other.available());
            } else if (spare > 0) {
                int left = Math.max(0, other.size() - spare);
                scale(other, left);
                spare -= other.size() - left;
            }
        }
    }

    /** New and stable ReplicaSets must not carry a deadline from an earlier life. */
    private void keepWithoutDeadline() {
        List<RsCopy> kept = new ArrayList<>();
        state.fresh().filter(fresh -> !rollout.delaysScaleDownOnAbort()).ifPresent(kept::add);
        state.stable().filter(stable -> !kept.contains(stable)).ifPresent(kept::add);
        kept.stream()
                .filter(one -> one.deadline().isPresent())
                .forEach(one -> annotate(one, RsCopy.SCALE_DOWN_DEADLINE, null));
    }

    /** An old ReplicaSet serves on with this size for its delay, then goes to 0. */
    private void retire(RsCopy old, int size) {
        Duration delay = Duration.ofSeconds(rollout.scaleDownDelaySeconds());
        if (old.deadline().isEmpty()) {
            if (!delay.isZero()) {
                setDeadline(old, delay);
            }
            return;
        }
        Duration left = Duration.between(state.now(), old.deadline().get());
        if (left.isNegative() || left.isZero()) {
            scale(old, 0);
        } else {
            lookAgain(left);
            scale(old, size);
        }
    }

    private boolean isReferenced(RsCopy rs) {
        String hash = rs.hash();
        return hash.equals(rollout.stableHash())
                || hash.equals(rollout.currentHash())
                || hash.equals(rollout.activeHash())
                || hash.equals(rollout.previewHash())
                || state.services().values().stream()
                        .anyMatch(service -> hash.equals(service.text("spec", "selector", RsCopy.HASH_LABEL)));
    }

    private void lookAgain(Duration delay) {
        again = again.filter(earlier -> earlier.compareTo(delay) < 0).or(() -> Optional.of(delay));
    }

    /** Writes size and desired-replicas together; returns whether the size changed. */
    private boolean scale(RsCopy rs, int size) {
        boolean resizes = rs.size() != size;
        resized |= resizes;
        boolean desiredDiffers = !rs.desired().equals(Optional.of(desired));
        if (!resizes && !desiredDiffers) {
            return false;
        }
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put(RsCopy.DESIRED, "" + desired);
        if (size == 0 && rs.deadline().isPresent()) {
            annotations.put(RsCopy.SCALE_DOWN_DEADLINE, null);
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", Map.of("annotations", annotations));
        if (resizes) {
            patch.put("spec", Map.of("replicas", size));
        }
        writes.add(new Write.Patch(Kind.REPLICA_SET, rs.live().key(), patch));
        if (resizes) {
            writes.add(Write.Announce.normal(
                    Kind.ROLLOUT,
                    rollout.live(),
                    "ScalingReplicaSet",
                    "Scaled %s ReplicaSet %s (revision %d) from %d to %d"
                            .formatted(rs.size() < size ? "up" : "down", rs.name(), rs.revision(), rs.size(), size)));
        }
        return resizes;
    }

    private void annotate(RsCopy rs, String annotation, @org.jspecify.annotations.Nullable String value) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put(annotation, value);
        writes.add(new Write.Patch(
                Kind.REPLICA_SET, rs.live().key(), Map.of("metadata", Map.of("annotations", annotations))));
    }

    /** Old ReplicaSets beyond the history limit are deleted once they are empty, oldest first. */
    private void forgetHistory() {
        List<RsCopy> others = state.others();
        others.sort(Comparator.comparing(one -> one.live().created()));
        int surplus = others.size() - rollout.revisionHistoryLimit();
        for (int i = 0; i < surplus; i++) {
            RsCopy oldest = others.get(i);
            if (oldest.size() == 0 && oldest.replicas() == 0 && oldest.isSettled()) {
                writes.add(new Write.Delete(Kind.REPLICA_SET, oldest.live().key()));
            }
        }
    }

    private static List<RsCopy> byRevisionDescending(List<RsCopy> sets) {
        return sets.stream()
                .sorted(Comparator.comparingInt(RsCopy::revision).reversed())
                .toList();
    }
}
