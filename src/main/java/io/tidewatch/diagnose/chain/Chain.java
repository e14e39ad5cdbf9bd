package io.tidewatch.diagnose.chain;

import io.tidewatch.diagnose.workload.Revisions;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Moment;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The chain of one target, with the facts that follow from it directly and that rules, causes and timing share. */
public final class Chain {

    public static final int UNREADABLE = Revisions.UNREADABLE;

    private final DiagnosisInput input;
    private final StandingMinimum minimum;
    private final Optional<Revisions> revisions;
    private final Optional<Counters> live;
    private final List<ControllerView> controllers;
    private final Optional<Overwriting> overwriting;

    public Chain(DiagnosisInput input) {
        this.input = input;
        minimum = new StandingMinimum(autoscaler(), asked(), input.scheduled());
        revisions = workload().map(found -> Revisions.of(found, input.seen(), input.now()));
        live = revisions.filter(found -> canCount()).map(Revisions::counted);
        controllers = input.controllers().stream().filter(this::isConcerned).toList();
        overwriting = Overwriting.of(this);
    }

    /**
     * The desired minimum where no schedule gives one: the minimum that Tidewatch applied last, by its annotation; else the minimum
     * of the ScaledObject, or of an HPA without a ScaledObject.
     */
    private OptionalInt asked() {
        if (input.desired().isPresent()) {
            return input.desired();
        }
        if (autoscaler().isPresent()) {
            return input.isLive() ? OptionalInt.empty() : StandingMinimum.applied(autoscaler());
        }
        return hpa().map(HpaView::minimum).orElse(OptionalInt.empty());
    }

    /** The instant at which something is recent or not. A dump may be read long after it was taken: the newest change in the chain counts. */
    Moment asOf() {
        if (input.isLive()) {
            return input.now();
        }
        Stream<Instant> changes = Stream.concat(
                Stream.of(
                                scaledObject().map(ScaledObjectView::meta),
                                hpa().map(HpaView::meta),
                                workload().map(Workload::meta))
                        .flatMap(meta -> meta.map(ObjectMeta::seenAt).stream()),
                input.seen().events().stream().flatMap(event -> event.last().stream()));
        return changes.filter(at -> !input.now().isBefore(at))
                .max(Comparator.naturalOrder())
                .map(Moment::new)
                .orElse(input.now());
    }

    public DiagnosisInput input() {
        return input;
    }

    /** Of the controllers that were observed, those that take on the objects of this chain. */
    public List<ControllerView> controllers() {
        return controllers;
    }

    private boolean isConcerned(ControllerView controller) {
        if (controller.isArgoRollouts()) {
            return workload().isEmpty() || rollout().filter(controller::takesOn).isPresent();
        }
        return !controller.isKeda()
                || scaledObject()
                        .map(controller::mayFollow)
                        .orElseGet(
                                () -> controller.watches(input.seen().target().namespace()));
    }

    public StandingMinimum minimum() {
        return minimum;
    }

    /** The object whose minimum is set: the ScaledObject, or an HPA without KEDA. */
    public Optional<AutoscalerView> autoscaler() {
        return input.seen().autoscaler();
    }

    /** Whether a schedule sets the minimum of an HPA here, so that no ScaledObject belongs to the chain. */
    public boolean isOfHpa() {
        return input.scheduled()
                .filter(desired -> desired.schedule().targets().kind() == AutoscalerKind.HPA)
                .isPresent();
    }

    /** The hop of the object whose minimum is set. */
    public Hop autoscalerHop() {
        return isOfHpa() || autoscaler().filter(HpaView.class::isInstance).isPresent() ? Hop.HPA : Hop.SCALED_OBJECT;
    }

    public Optional<ScaledObjectView> scaledObject() {
        return input.seen().scaledObject();
    }

    public Optional<HpaView> hpa() {
        return input.seen().hpa();
    }

    public Optional<Workload> workload() {
        return input.seen().workload();
    }

    /** The workload, where it is a Rollout. */
    public Optional<RolloutView> rollout() {
        return input.seen().rollout();
    }

    /** The kind of the workload, whether it was seen or not. */
    public WorkloadKind kind() {
        return input.seen().workloadKind();
    }

    /** The hop of the workload. */
    public Hop workloadHop() {
        return Hop.ofWorkload(kind());
    }

    /** Another writer of spec.replicas. */
    public Optional<Overwriting> overwriting() {
        return overwriting;
    }

    public List<ReplicaSetView> sets() {
        return input.seen().replicaSets();
    }

    public boolean canSee(String kind) {
        return !input.seen().missing().contains(kind)
                && !(kind.equals("HPA") && input.seen().missing().contains("HorizontalPodAutoscaler"));
    }

    /** Whether a part of the observed objects is missing. A live object without a status is new: nobody removed one. */
    public boolean lacks(String part) {
        return !(input.isLive() && Lack.isStatus(part))
                && input.seen().missing().contains(part);
    }

    /** Whether its ReplicaSets, or the pods of a StatefulSet, could be seen. */
    private boolean canCount() {
        return workload()
                .filter(found -> !found.isFollowed()
                        || canSee(found instanceof StatefulSetView ? Hop.POD.word() : Hop.REPLICA_SET.word()))
                .isPresent();
    }

    /** Whether the counts come from ReplicaSets, whose status is a claim about pods as well. */
    boolean countsByReplicaSets() {
        return workload()
                .filter(found -> found.isFollowed() && !(found instanceof StatefulSetView))
                .isPresent();
    }

    /** Whether a controller has ever written the workload's status; of what is not followed, nobody knows. */
    public boolean isWorkloadWritten() {
        return workload()
                .filter(found -> !found.isFollowed() || found.claimed().isPresent())
                .isPresent();
    }

    /** Whether the pass before had a step to the same minimum. A manual raise begins a step of its own, and so does its end. */
    public boolean isSameStep() {
        return input.previous()
                .filter(last -> last.desired().equals(minimum.desired()))
                .filter(last -> last.notes().contains(Note.RAISED_MANUALLY) == minimum.isRaisedManually())
                .isPresent();
    }

    /** The HPA's minimum that follows from the minimum that counts. KEDA never writes less than 1; an HPA without KEDA may have 0. */
    public int hpaMinimum() {
        boolean mayBeZero = scaledObject().isEmpty()
                && hpa().filter(found -> found.minReplicas() == 0).isPresent();
        return mayBeZero ? minimum.counts() : Math.max(1, minimum.counts());
    }

    /** Whether the HPA itself scaled the workload to 0, and will scale it up again (Kubernetes 1.36 or later). */
    public boolean isScaledToZero() {
        return hpaCondition("ScaledToZero").filter(Condition::isTrue).isPresent();
    }

    /** spec.replicas of the workload; {@link #UNREADABLE} where it is not known, which equals no count. */
    public int replicas() {
        return workload()
                .map(found -> lacks(Lack.replicasOf(found.kind())) ? UNREADABLE : found.desiredReplicas())
                .orElse(0);
    }

    /** Whether spec.replicas of the workload is known, so that a number that differs from it proves something. */
    public boolean areReplicasKnown() {
        return replicas() != UNREADABLE;
    }

    /** Absent where no controller has written a status, which is not zero. */
    public Optional<Counters> claimed() {
        return workload().flatMap(Workload::claimed);
    }

    public Optional<Counters> live() {
        return live;
    }

    public int available() {
        return live.map(Counters::availableReplicas).orElse(0);
    }

    /** Only of a Rollout is a status known that stays wrong; the status of any other workload proves nothing here. */
    public boolean countersAgree() {
        return rollout().isEmpty() || (live.isPresent() && agree(live, claimed()));
    }

    /** Whether live and claimed counters agree in all that is compared. */
    public boolean agree(Optional<Counters> counted, Optional<Counters> claim) {
        return comparesHpaReplicas()
                ? counted.equals(claim)
                : counted.map(Counters::withoutHpaReplicas).equals(claim.map(Counters::withoutHpaReplicas));
    }

    /**
     * HPAReplicas of a canary with traffic routing counts all pods, or (argo-rollouts#4868) the stable pods alone unless
     * dynamicStableScale is set. Either number is right, depending on the version.
     */
    boolean comparesHpaReplicas() {
        return canary().filter(found -> found.trafficRouted() && !found.dynamicStableScale())
                .isEmpty();
    }

    /** Two that cannot be read are alike and agree on nothing; nor does one disagree with anything. */
    public boolean areCountersReadable() {
        return Stream.concat(live.stream(), claimed().stream()).allMatch(Chain::isReadable);
    }

    private static boolean isReadable(Counters counters) {
        return IntStream.of(
                        counters.hpaReplicas(),
                        counters.replicas(),
                        counters.updatedReplicas(),
                        counters.readyReplicas(),
                        counters.availableReplicas())
                .allMatch(count -> count >= 0);
    }

    public Optional<ReplicaSetView> set(String hash) {
        return sets().stream()
                .filter(set -> !hash.isEmpty() && set.podHash().equals(hash))
                .findFirst();
    }

    public Optional<ReplicaSetView> current() {
        return revisions.flatMap(Revisions::current);
    }

    /** The ReplicaSet of the revision before; of a Rollout, the stable one. */
    public Optional<ReplicaSetView> stable() {
        return revisions.flatMap(Revisions::former);
    }

    /** Whether no update is in flight. */
    public boolean isPromoted() {
        return revisions.filter(Revisions::isPromoted).isPresent();
    }

    public Optional<Strategy.Canary> canary() {
        return rollout()
                .map(RolloutView::strategy)
                .filter(Strategy.Canary.class::isInstance)
                .map(Strategy.Canary.class::cast);
    }

    public Optional<Strategy.BlueGreen> blueGreen() {
        return rollout()
                .map(RolloutView::strategy)
                .filter(Strategy.BlueGreen.class::isInstance)
                .map(Strategy.BlueGreen.class::cast);
    }

    /** A canary that the controller does not scale: paused in its spec, or by an inconclusive analysis. */
    public boolean isHeldCanary() {
        return rollout().filter(RolloutView::isHeldCanary).isPresent();
    }

    List<PodView> pods(ReplicaSetView set) {
        String uid = set.meta().uid();
        return input.seen().pods().stream()
                .filter(pod -> pod.meta().owner().filter(uid::equals).isPresent())
                .toList();
    }

    public int readyPods(ReplicaSetView set) {
        return (int) pods(set).stream().filter(PodView::isReady).count();
    }

    /** A restart is under way. */
    public boolean isRestarting() {
        return rollout()
                .map(RolloutView::status)
                .filter(RolloutView.Status::restarting)
                .flatMap(RolloutView.Status::restartAt)
                .filter(at -> !input.now().isBefore(at))
                .isPresent();
    }

    /** Pods that count against a ReplicaSet's replicas and do not serve. */
    public List<PodView> lackingPods() {
        return input.seen().pods().stream()
                .filter(pod -> pod.hasStatus() && !pod.isReady() && !pod.meta().deleting())
                .filter(pod -> !pod.phase().equals("Failed") && !pod.phase().equals("Succeeded"))
                .toList();
    }

    /**
     * Whether something keeps a pod of an update from serving. A pod that runs and is not ready yet may be starting; it counts once
     * it is older than a step may take.
     */
    public boolean hasTrouble() {
        Moment old = input.now().minus(input.checks().timeout());
        return sets().stream()
                        .map(set -> set.conditions().get("ReplicaFailure"))
                        .anyMatch(failure -> failure != null && failure.isTrue())
                || lackingPods().stream()
                        .anyMatch(pod -> PodTrouble.of(pod, input.seen().events())
                                .filter(trouble -> trouble != Cause.NOT_READY
                                        || pod.meta()
                                                .created()
                                                .filter(at -> !old.isBefore(at))
                                                .isPresent())
                                .isPresent());
    }

    /** Pods that have a node, do not serve yet, and show no trouble. */
    public int startingPods() {
        return (int) lackingPods().stream()
                .filter(pod -> !pod.nodeName().isEmpty() && !pod.containers().isEmpty())
                .filter(pod -> PodTrouble.of(pod, input.seen().events()).isEmpty())
                .count();
    }

    /** Pods that have a node, and no container status from the kubelet yet. */
    public int podsWithoutStatus() {
        return (int) lackingPods().stream()
                .filter(pod -> !pod.nodeName().isEmpty() && pod.containers().isEmpty())
                .count();
    }

    /** Pods without a node for which no scheduler has given a reason. */
    public int unplacedPods() {
        return (int) lackingPods().stream()
                .filter(pod -> pod.nodeName().isEmpty() && !PodTrouble.isUnscheduled(pod))
                .count();
    }

    /** The newest Warning Event about a missing pod, or about a ReplicaSet. */
    public Optional<EventView> lastWarning() {
        Set<String> about = Stream.concat(
                        lackingPods().stream().map(PodView::meta),
                        sets().stream().map(ReplicaSetView::meta))
                .map(ObjectMeta::uid)
                .collect(Collectors.toSet());
        return input.seen().events().stream()
                .filter(event -> event.type().equals("Warning") && about.contains(event.involvedUid()))
                .max(Comparator.comparing(event -> event.last().orElse(Instant.MIN)));
    }

    /** The pods that do not serve because of this. */
    public List<PodView> troubled(Cause cause) {
        return lackingPods().stream()
                .filter(pod -> PodTrouble.of(pod, input.seen().events())
                        .filter(cause::equals)
                        .isPresent())
                .toList();
    }

    /** A condition of the workload's status. */
    public Optional<Condition> workloadCondition(String type) {
        return workload()
                .flatMap(found -> Optional.ofNullable(found.conditions().get(type)));
    }

    public Optional<Condition> hpaCondition(String type) {
        return hpa().flatMap(found -> Optional.ofNullable(found.conditions().get(type)));
    }

    public Optional<Condition> scaledObjectCondition(String type) {
        return scaledObject()
                .flatMap(found -> Optional.ofNullable(found.conditions().get(type)));
    }

    /** How many pods of the update may be down at a time: a share is rounded down, and never more than there are. */
    public int maxUnavailable() {
        return revisions.map(Revisions::mayBeDown).orElse(0);
    }
}
