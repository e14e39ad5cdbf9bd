package io.tidewatch.diagnose.workload;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.StatefulSetView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Of a StatefulSet, by its pods: it has no ReplicaSets, and its revisions are labels of the pods. */
public record StatefulSetPods(StatefulSetView statefulSet, List<PodView> pods, Moment now) implements Revisions {

    /** In the order of their ordinals; those that are being deleted, and those that are no members by their names, do not count. */
    public StatefulSetPods {
        pods = pods.stream()
                .filter(pod -> !pod.meta().deleting() && statefulSet.ordinal(pod) >= 0)
                .sorted(Comparator.comparingInt(statefulSet::ordinal))
                .toList();
    }

    @Override
    public Counters counted() {
        int created = pods.size();
        return new Counters(
                created,
                created,
                (int) pods.stream().filter(statefulSet::isUpdated).count(),
                ready(),
                available());
    }

    private int ready() {
        return (int) pods.stream().filter(PodView::isReady).count();
    }

    private int available() {
        return (int) pods.stream().filter(this::isAvailable).count();
    }

    /** Whether it is ready, and has been for minReadySeconds. */
    public boolean isAvailable(PodView pod) {
        if (!pod.isReady()) {
            return false;
        }
        int seconds = Math.max(0, statefulSet.minReadySeconds());
        return seconds == 0
                || Optional.ofNullable(pod.conditions().get("Ready"))
                        .flatMap(Condition::lastTransition)
                        .filter(at -> !now.isBefore(at.plusSeconds(seconds)))
                        .isPresent();
    }

    /** The pods below the number of replicas, and those above it, which are to go. */
    public List<PodView> leftOver() {
        return pods.stream().filter(pod -> statefulSet.ordinal(pod) >= end()).toList();
    }

    /** How many ordinals have no pod. */
    public int absent() {
        long there = pods.stream()
                .filter(pod ->
                        statefulSet.ordinal(pod) >= statefulSet.firstOrdinal() && statefulSet.ordinal(pod) < end())
                .count();
        return (int) Math.max(0, statefulSet.desiredReplicas() - there);
    }

    private long end() {
        return (long) statefulSet.firstOrdinal() + Math.max(0, statefulSet.desiredReplicas());
    }

    @Override
    public Optional<ReplicaSetView> current() {
        return Optional.empty();
    }

    @Override
    public Optional<ReplicaSetView> former() {
        return Optional.empty();
    }

    @Override
    public boolean isPromoted() {
        return statefulSet.isRolledOut(pods);
    }

    @Override
    public int mayBeDown() {
        return statefulSet.mayBeDown();
    }
}
