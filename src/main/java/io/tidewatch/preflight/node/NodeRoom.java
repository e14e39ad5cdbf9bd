package io.tidewatch.preflight.node;

import io.tidewatch.model.Durations;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.FailedSchedulings;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.preflight.quota.Demand;
import io.tidewatch.preflight.quota.PodRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds whether the scheduler has a node for another pod of a target. Three proofs count, the strongest first:
 *
 * <ol>
 *   <li>Pods of the target wait for a node now: certain.
 *   <li>A pod of the namespace waits, every node lacks nothing but room for it, and a new pod of the target asks for no less of what is
 *       lacking: likely, because a priority may make room for one of them.
 *   <li>Within the last hour the scheduler found no node for a pod of the target for so long that nobody added one, the pod is gone, and
 *       no pod of the target has found a node since: likely, because a node may have come since.
 * </ol>
 *
 * @param lasting how long the scheduler must have looked for a node in vain, where the pod is gone
 */
public record NodeRoom(NamespaceNodes namespace, TargetObservation seen, List<Demand> demands, Duration lasting) {

    private static final Duration RECENT = Duration.ofHours(1);
    private static final String CONDITION = "status.conditions[PodScheduled]";

    /** @param now the instant of the pass */
    public Optional<NoNode> lack(Instant now) {
        Optional<NoNode> own = own();
        return own.isPresent() || demands.isEmpty() ? own : neighbour().or(() -> past(now));
    }

    /** Why the scheduler's Events are not known, if they may matter. */
    public Optional<String> rejected() {
        return demands.isEmpty() ? Optional.empty() : namespace.rejected();
    }

    private Optional<NoNode> own() {
        List<WaitingPod> waiting = seen.pods().stream()
                .flatMap(pod -> WaitingPod.of(pod).stream())
                .sorted(Comparator.comparing(WaitingPod::name))
                .toList();
        return waiting.stream()
                .findFirst()
                .map(first -> new NoNode(
                        Certainty.CERTAIN,
                        (waiting.size() == 1 ? "1 pod waits" : waiting.size() + " pods wait") + " for a node already: "
                                + first.message().counts(),
                        evidence(first)));
    }

    private Optional<NoNode> neighbour() {
        return namespace.waiting().stream()
                .filter(this::isNoSmaller)
                .findFirst()
                .map(other -> new NoNode(
                        Certainty.LIKELY,
                        "pod " + other.name() + " of the namespace, which asks for no more than a new pod, waits for a"
                                + " node: " + other.message().counts(),
                        evidence(other)));
    }

    /** Whether a new pod of the target asks for no less of everything that the nodes lack. */
    private boolean isNoSmaller(WaitingPod other) {
        Optional<PodNeeds> theirs = other.pod()
                .meta()
                .owner()
                .flatMap(owner -> Optional.ofNullable(namespace.needsByOwner().get(owner)));
        return other.message()
                .lackingAlone()
                .flatMap(lacking -> theirs.flatMap(pod -> namespace
                        .limitRanges()
                        .map(ranges -> demands.stream()
                                .allMatch(ours -> PodRequests.areNoLess(ours.pod(), pod, lacking, ranges)))))
                .orElse(false);
    }

    private Optional<NoNode> past(Instant now) {
        Set<String> sets = Stream.concat(
                        seen.replicaSets().stream().map(ReplicaSetView::meta),
                        seen.statefulSet().stream().map(StatefulSetView::meta))
                .map(ObjectMeta::name)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> there = seen.pods().stream().map(pod -> pod.meta().name()).collect(Collectors.toUnmodifiableSet());
        return namespace.failed().stream()
                .filter(event -> isOf(sets, event.involvedName()) && !there.contains(event.involvedName()))
                .filter(event -> isLasting(event, now))
                .max((a, b) -> last(a).compareTo(last(b)))
                .map(NodeRoom::ofEvent);
    }

    private static boolean isOf(Set<String> sets, String pod) {
        int dash = pod.lastIndexOf('-');
        return dash > 0 && sets.contains(pod.substring(0, dash));
    }

    private boolean isLasting(EventView event, Instant now) {
        Instant last = last(event);
        boolean isRecent = !last.isBefore(now.minus(RECENT)) && !last.isAfter(now);
        boolean isLong = event.first()
                .filter(first -> Duration.between(first, last).compareTo(lasting) >= 0)
                .isPresent();
        return isRecent && isLong && seen.pods().stream().noneMatch(pod -> foundNodeAfter(pod, last));
    }

    private static boolean foundNodeAfter(PodView pod, Instant last) {
        return Optional.ofNullable(pod.conditions().get("PodScheduled"))
                .filter(Condition::isTrue)
                .flatMap(Condition::lastTransition)
                .filter(last::isBefore)
                .isPresent();
    }

    private static Instant last(EventView event) {
        return event.last().orElse(Instant.EPOCH);
    }

    private static NoNode ofEvent(EventView event) {
        Instant last = last(event);
        Duration sought = Duration.between(event.first().orElse(last), last);
        return new NoNode(
                Certainty.LIKELY,
                "for " + Durations.roughly(sought) + " until " + last.truncatedTo(ChronoUnit.SECONDS)
                        + " the scheduler found no node for pod " + event.involvedName() + ": "
                        + SchedulerMessage.of(event.message()).counts(),
                new Evidence("Pod " + event.involvedName(), "Event " + FailedSchedulings.REASON, event.message()));
    }

    private static Evidence evidence(WaitingPod pod) {
        return new Evidence(
                "Pod " + pod.name(),
                CONDITION,
                pod.why().status() + "/" + pod.why().reason() + ": " + pod.why().message());
    }
}
