package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Advisories;
import io.tidewatch.diagnose.chain.BlockEvidence;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerDown;
import io.tidewatch.diagnose.chain.ControllerWrites;
import io.tidewatch.diagnose.chain.Disagreement;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.OpenStep;
import io.tidewatch.diagnose.chain.Overwriting;
import io.tidewatch.diagnose.chain.PreviewLeftBehind;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.rule.ObservedRule;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Rollouts controller has written nothing since a change: it hangs, or is down. The instant of its last write of the status
 * distinguishes this cause from a stale cache.
 */
final class RolloutsControllerNotFollowing implements CauseCheck {

    private static final String DESIRED = "rollout.argoproj.io/desired-replicas";

    @Override
    public Cause cause() {
        return Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING;
    }

    /** While pods are missing, a status that is behind explains none of them. */
    @Override
    public Optional<Explained> find(Chain chain) {
        return find(chain, false);
    }

    /** An older ReplicaSet with another desired-replicas keeps the step open until the number is written on it. */
    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.diagnosis().evidence().stream()
                .filter(proof -> kubectl.diagnosis().state() == State.STALE_STATUS
                        && proof.field().contains(DESIRED))
                .findFirst()
                .map(proof -> "kubectl annotate --overwrite rs"
                        + proof.object().substring(proof.object().indexOf(' ')) + kubectl.inNamespace() + " " + DESIRED
                        + "="
                        + kubectl.seen()
                                .rollout()
                                .map(RolloutView::desiredReplicas)
                                .orElse(0)
                        + "  (closes the step)")
                .orElse("kubectl get deployment -A -l app.kubernetes.io/name=argo-rollouts");
    }

    /** Whether pods serve, so that only the status needs an explanation. */
    static Optional<Explained> ofStaleStatus(Chain chain) {
        Optional<ReplicaSetView> open = OpenStep.by(chain).filter(set -> !chain.countersAgree());
        if (open.isPresent()) {
            return open.map(set -> keptOpen(chain, set));
        }
        boolean behind = !chain.countersAgree()
                && !ControllerWrites.isAfterChange(chain)
                && !ControllerWrites.livesSinceChange(chain);
        return find(chain, behind);
    }

    private static Explained keptOpen(Chain chain, ReplicaSetView set) {
        List<Evidence> evidence = new ArrayList<>(Disagreement.evidence(chain));
        evidence.add(0, BlockEvidence.desired(set));
        return new Explained(
                Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING,
                Disagreement.pods(chain),
                Advisories.isArgoRolloutsKnown(chain.controllers()) ? Certainty.CERTAIN : Certainty.LIKELY,
                "the Rollouts controller considers the step unfinished, because older " + Proof.name(set)
                        + " has another desired-replicas: argo-rollouts#" + OpenStep.STACKED + ", fixed in v1.8.0",
                evidence);
    }

    private static Optional<Explained> find(Chain chain, boolean behindOnStatus) {
        Optional<RolloutView> rollout = chain.rollout();
        boolean denied =
                chain.workloadCondition("InvalidSpec").filter(Condition::isTrue).isPresent();
        if (rollout.isEmpty() || denied || (chain.isWorkloadWritten() && !chain.canSee("ReplicaSet"))) {
            return Optional.empty();
        }
        boolean behindOnSpec =
                !chain.isWorkloadWritten() || new ObservedRule().judge(chain).isPresent();
        boolean behindOnSets = isBehindOnSets(chain);
        Optional<ControllerDown> stopped = ControllerDown.rollouts(chain);
        if (stopped.isEmpty() && isHurried(chain)) {
            return Optional.empty();
        }
        boolean follows = !behindOnSpec && !behindOnSets && !behindOnStatus;
        if (follows && (stopped.isEmpty() || chain.countersAgree())) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Proof.workload(
                rollout.get(),
                "status.observedGeneration",
                observed(rollout.get()) + " of " + rollout.get().meta().generation()));
        if (chain.claimed().isPresent() && chain.live().isPresent() && !chain.countersAgree()) {
            evidence.addAll(Disagreement.evidence(chain));
        }
        stopped.map(ControllerDown::evidence).or(() -> lease(chain)).ifPresent(evidence::add);
        Optional<Unclaimed> unclaimed = Unclaimed.of(chain);
        unclaimed.ifPresent(found -> evidence.addAll(found.evidence()));
        return Optional.of(new Explained(
                Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING,
                behindOnSpec || behindOnSets
                        ? Math.max(1, chain.replicas() - chain.available())
                        : Disagreement.pods(chain),
                stopped.map(ControllerDown::certainty).orElse(Certainty.LIKELY),
                stopped.map(why -> "the Rollouts controller " + why.sentence())
                        .or(() -> unclaimed.map(Unclaimed::sentence))
                        .orElseGet(() -> inaction(chain, behindOnSets)),
                evidence));
    }

    /** Where spec.replicas changes every few seconds, a controller that lives is always a moment behind. */
    private static boolean isHurried(Chain chain) {
        return chain.overwriting().filter(Overwriting::isRepeated).isPresent()
                || KedaFallback.proven(chain).isPresent();
    }

    private static String observed(RolloutView rollout) {
        String observed = rollout.status().observedGeneration();
        return observed.isEmpty() ? "not written" : observed;
    }

    /** The text about what the controller has not done. Where the dump shows a later write, it does not claim that nothing was written. */
    private static String inaction(Chain chain, boolean behindOnSets) {
        Optional<ReplicaSetView> annotated = chain.sets().stream()
                .filter(set -> set.specReplicas() != 0 && set.desiredReplicas().orElse(-1) == chain.replicas())
                .findFirst();
        if (behindOnSets && annotated.isPresent()) {
            return "the Rollouts controller has given the number " + chain.replicas() + " to "
                    + Proof.name(annotated.get())
                    + " and not to "
                    + chain.current().map(Proof::name).orElse("the current ReplicaSet");
        }
        Optional<Instant> step =
                chain.hpa().filter(hpa -> hpa.wants(chain.replicas())).flatMap(HpaView::lastScaleTime);
        return chain.rollout()
                .flatMap(ControllerWrites::last)
                .filter(wrote -> step.filter(wrote::isAfter).isPresent())
                .map(wrote ->
                        "the Rollouts controller wrote the status at " + wrote + " and has not followed this step")
                .orElse("the Rollouts controller has written nothing since");
    }

    /** A ReplicaSet that was not scaled although nothing prevents it; an aborted revision keeps its number for the abort delay. */
    private static boolean isBehindOnSets(Chain chain) {
        return !chain.isHeldCanary()
                && chain.areReplicasKnown()
                && chain.current()
                        .filter(set -> set.specReplicas() != 0)
                        .filter(set -> OpenStep.ofAborted(chain).isEmpty()
                                && PreviewLeftBehind.of(chain).isEmpty())
                        .filter(set -> set.desiredReplicas().orElse(chain.replicas()) != chain.replicas())
                        .isPresent();
    }

    /** Distinguishes a controller that renews its Lease and writes nothing from one that is gone. */
    private static Optional<Evidence> lease(Chain chain) {
        return chain.controllers().stream()
                .filter(ControllerView::isArgoRollouts)
                .flatMap(controller -> ControllerDown.lease(controller).stream())
                .findFirst();
    }
}
