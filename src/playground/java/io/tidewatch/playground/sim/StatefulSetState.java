package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a StatefulSet's controller knows when it looks at it.
 *
 * @param pods its pods by ascending ordinal, those that are being deleted included
 * @param revisions its ControllerRevisions
 * @param claims the names of the claims in its namespace
 * @param refuses why the API server would reject a pod of this name; empty where it would not
 */
record StatefulSetState(
        StatefulSetView set,
        List<StatefulPod> pods,
        List<Live> revisions,
        Set<String> claims,
        Refusal refuses,
        Instant now) {
    /** Why the API server rejects a pod, given how many were created a moment ago. */
    interface Refusal {
        Optional<String> of(String pod, int created);
    }

    StatefulSetState {
        pods = pods.stream()
                .sorted(Comparator.comparingInt(StatefulPod::ordinal))
                .toList();
        revisions = List.copyOf(revisions);
        claims = Set.copyOf(claims);
    }

    boolean isInRange(StatefulPod pod) {
        return pod.ordinal() >= set.start() && pod.ordinal() < set.start() + set.replicas();
    }

    Optional<StatefulPod> pod(int ordinal) {
        return pods.stream().filter(one -> one.ordinal() == ordinal).findFirst();
    }

    Optional<Live> revision(String name) {
        return revisions.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    String updateRevision() {
        return set.revisionName();
    }

    /** Where it is not known any more, or never was, the update revision. */
    String currentRevision() {
        String current = set.live().text("status", "currentRevision");
        return revision(current).isPresent() ? current : updateRevision();
    }

    /** The template from which the pods of a revision are made. */
    Map<String, Object> template(String revision) {
        return revision.equals(updateRevision())
                ? set.template()
                : revision(revision)
                        .map(one -> one.map("data", "spec", "template"))
                        .orElseGet(set::template);
    }

    boolean isCurrentNeeded(int ordinal) {
        return !set.isOnDelete() && ordinal < set.start() + set.partition();
    }
}
