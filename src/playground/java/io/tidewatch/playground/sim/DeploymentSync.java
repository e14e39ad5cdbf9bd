package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One sync of the Deployment controller: kube-controller-manager, {@code deployment_controller.go}, {@code syncDeployment}.
 * Where the real one's second write of a status is answered with a conflict, this one ends its turn.
 */
final class DeploymentSync {
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            DeploymentView.REVISION,
            "deployment.kubernetes.io/revision-history",
            DeploymentSet.DESIRED,
            DeploymentSet.MAX,
            "deprecated.deployment.rollback.to");

    private final DeploymentState state;
    private final DeploymentView deployment;
    private final DeploymentScaling scaling;
    private final List<Write> writes = new ArrayList<>();

    private DeploymentSync(DeploymentState state) {
        this.state = state;
        this.deployment = state.deployment();
        this.scaling = new DeploymentScaling(state);
    }

    /** The writes of now, in order, and when to sync again without a change. */
    static Decision decide(DeploymentState state) {
        return state.deployment().live().deleting() ? Decision.NOTHING : new DeploymentSync(state).decide();
    }

    private Decision decide() {
        Optional<Write> paused = pausedCondition();
        if (paused.isPresent()) {
            return Decision.of(List.of(paused.get()));
        }
        Optional<Write> known = state.fresh().flatMap(this::annotationsOf);
        if (known.isPresent()) {
            return Decision.of(List.of(known.get()));
        }
        boolean found = state.fresh().isPresent();
        if (found && deployment.revision() != state.fresh().get().revision()) {
            return found(state.fresh().get());
        }
        if (deployment.isPaused() || state.isScalingEvent()) {
            return scaleOnly();
        }
        return deployment.isRecreate() ? recreate() : roll();
    }

    /** A Deployment that ran into its deadline keeps saying so. */
    private Optional<Write> pausedCondition() {
        DeploymentStatus status = DeploymentStatus.asWritten(state);
        boolean saysSo = status.progressing()
                .filter(one -> one.reason().equals("DeploymentPaused"))
                .isPresent();
        boolean timedOut = status.progressing()
                .filter(one -> one.reason().equals("ProgressDeadlineExceeded"))
                .isPresent();
        if (deployment.progressDeadline().isEmpty() || timedOut || saysSo == deployment.isPaused()) {
            return Optional.empty();
        }
        if (deployment.isPaused()) {
            status.progressing("Unknown", "DeploymentPaused", "Deployment is paused");
        } else {
            status.progressing("Unknown", "DeploymentResumed", "Deployment is resumed");
        }
        return status.write();
    }

    /** The new ReplicaSet carries the Deployment's annotations and the highest revision, also after a way back. */
    private Optional<Write> annotationsOf(DeploymentSet fresh) {
        Map<String, Object> changed = copied();
        changed.entrySet()
                .removeIf(
                        one -> one.getValue().equals(fresh.live().annotations().get(one.getKey())));
        if (fresh.revision() < state.nextRevision()) {
            changed.put(DeploymentView.REVISION, "" + state.nextRevision());
        }
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Write.Patch(
                        Kind.REPLICA_SET, fresh.live().key(), Map.of("metadata", Map.of("annotations", changed))));
    }

    private Map<String, Object> copied() {
        Map<String, Object> copied = new LinkedHashMap<>(deployment.live().annotations());
        copied.keySet().removeAll(NOT_COPIED);
        return copied;
    }

    private Decision found(DeploymentSet fresh) {
        writes.add(revision(fresh.revision()));
        DeploymentStatus status = DeploymentStatus.asWritten(state);
        if (deployment.progressDeadline().isPresent() && status.progressing().isEmpty()) {
            status.progressing("True", "FoundNewReplicaSet", "Found new replica set \"" + fresh.name() + "\"");
        }
        status.write().ifPresent(writes::add);
        return Decision.of(writes);
    }

    private Write revision(int revision) {
        return new Write.Patch(
                Kind.DEPLOYMENT,
                deployment.live().key(),
                Map.of("metadata", Map.of("annotations", Map.of(DeploymentView.REVISION, "" + revision))));
    }

    /** Only sizes and counters; the template of a paused Deployment waits. */
    private Decision scaleOnly() {
        scaling.scale();
        writes.addAll(scaling.writes());
        DeploymentStatus status = DeploymentStatus.counted(state);
        if (deployment.isPaused()) {
            forgetHistory();
        }
        status.write().ifPresent(writes::add);
        return Decision.of(writes);
    }

    private Decision roll() {
        if (state.fresh().isEmpty()) {
            int size = create();
            scaling.reconcileOld(size, 0);
            writes.addAll(scaling.writes());
            return Decision.of(writes);
        }
        DeploymentSet fresh = state.fresh().get();
        boolean scaled = scaling.reconcileFresh(fresh) || scaling.reconcileOld(fresh.size(), fresh.available());
        return finish(scaled);
    }

    private Decision recreate() {
        boolean scaled = scaling.stopOld();
        if (!scaled && !hasOldPods()) {
            if (state.fresh().isEmpty()) {
                create();
                return Decision.of(writes);
            }
            scaled = scaling.reconcileFresh(state.fresh().get());
        }
        return finish(scaled);
    }

    private boolean hasOldPods() {
        List<String> old = state.old().stream().map(one -> one.live().uid()).toList();
        return state.pods().stream()
                .anyMatch(pod -> pod.controllerUid(Kind.REPLICA_SET)
                        .filter(old::contains)
                        .isPresent());
    }

    private Decision finish(boolean scaled) {
        writes.addAll(scaling.writes());
        DeploymentStatus status = DeploymentStatus.counted(state);
        if (!scaled && status.isComplete()) {
            forgetHistory();
        }
        status.judge();
        status.write().ifPresent(writes::add);
        return new Decision(writes, status.lookAgain());
    }

    /** Returns the new ReplicaSet's size. */
    private int create() {
        int size = scaling.freshSize(0);
        String hash = deployment.templateHash();
        String name = deployment.name() + "-" + hash;
        writes.add(
                new Write.Create(Kind.REPLICA_SET, deployment.live().key().namespace(), replicaSet(name, hash, size)));
        if (size > 0) {
            writes.add(Write.Announce.normal(
                    Kind.DEPLOYMENT,
                    deployment.live(),
                    "ScalingReplicaSet",
                    "Scaled up replica set %s from 0 to %d".formatted(name, size)));
        }
        writes.add(revision(state.nextRevision()));
        if (deployment.progressDeadline().isPresent()) {
            DeploymentStatus status = DeploymentStatus.asWritten(state);
            status.progressing("True", "NewReplicaSetCreated", "Created new replica set \"" + name + "\"");
            status.write().ifPresent(writes::add);
        }
        return size;
    }

    private Map<String, Object> replicaSet(String name, String hash, int size) {
        Map<String, Object> annotations = copied();
        annotations.put(DeploymentView.REVISION, "" + state.nextRevision());
        annotations.putAll(DeploymentScaling.annotations(deployment));
        Live owner = deployment.live();
        Map<String, Object> template = new LinkedHashMap<>(deployment.template());
        Map<String, Object> meta = Fields.map(Fields.at(template, "metadata").orElse(Map.of()));
        Map<String, Object> labels = labelled(meta.getOrDefault("labels", Map.of()), hash);
        meta.put("labels", labels);
        template.put("metadata", meta);
        Map<String, Object> selector = owner.map("spec", "selector");
        selector.put("matchLabels", labelled(selector.getOrDefault("matchLabels", Map.of()), hash));
        return Fields.tree(
                "apiVersion", Kind.REPLICA_SET.apiVersion(),
                "kind", Kind.REPLICA_SET.kindName(),
                "metadata",
                        Fields.tree(
                                "name",
                                name,
                                "namespace",
                                owner.key().namespace(),
                                "labels",
                                labels,
                                "annotations",
                                annotations,
                                "ownerReferences",
                                List.of(ReplicaSetTemplate.owner(Kind.DEPLOYMENT, owner))),
                "spec",
                        Fields.tree(
                                "replicas",
                                size,
                                "minReadySeconds",
                                Fields.unlessZero(owner.integer("spec", "minReadySeconds")),
                                "selector",
                                selector,
                                "template",
                                template));
    }

    private static Map<String, Object> labelled(Object labels, String hash) {
        Map<String, Object> more = Fields.map(labels);
        more.put(DeploymentSet.HASH_LABEL, hash);
        return more;
    }

    /** Old ReplicaSets beyond the limit go once they are empty, the lowest revision first. */
    private void forgetHistory() {
        List<DeploymentSet> old = state.old().stream()
                .sorted(Comparator.comparingInt(DeploymentSet::revision))
                .toList();
        old.stream()
                .limit(Math.max(0, old.size() - deployment.revisionHistoryLimit()))
                .filter(one -> one.size() == 0 && one.replicas() == 0 && one.isObserved())
                .forEach(one ->
                        writes.add(new Write.Delete(Kind.REPLICA_SET, one.live().key())));
    }
}
