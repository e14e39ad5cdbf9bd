package io.tidewatch.diagnose;

import io.tidewatch.diagnose.cause.Causes;
import io.tidewatch.diagnose.chain.Advisories;
import io.tidewatch.diagnose.chain.Backlog;
import io.tidewatch.diagnose.chain.Backlog.Carried;
import io.tidewatch.diagnose.chain.BlockEvidence;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerSigns;
import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.diagnose.chain.DiagnosisInput.Source;
import io.tidewatch.diagnose.chain.Disagreement;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.KedaPause;
import io.tidewatch.diagnose.chain.LackBefore;
import io.tidewatch.diagnose.chain.Notes;
import io.tidewatch.diagnose.chain.PreviewLeftBehind;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.Surroundings;
import io.tidewatch.diagnose.chain.Trace;
import io.tidewatch.diagnose.chain.UncountedPods;
import io.tidewatch.diagnose.rule.Convergence;
import io.tidewatch.diagnose.timing.Timing;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.ownership.OwnRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the hop at which a target is late, the cause, and the proof. */
public final class Diagnoser {

    private Diagnoser() {}

    /**
     * One diagnosis for each observed target, with the memory of the previous pass. A target that failed in an
     * earlier stage, or fails here, is unknown.
     */
    public static Diagnoses diagnose(Observation observation, DesiredState desiredState, Diagnoses previous) {
        return diagnose(observation, desiredState, previous, Set.of(), new KnownDiagnoses());
    }

    /**
     * @param unsent the targets whose write has waited for its turn ever since it was needed
     * @param known diagnoses of earlier passes; they save work and change no diagnosis
     */
    public static Diagnoses diagnose(
            Observation observation,
            DesiredState desiredState,
            Diagnoses previous,
            Set<Target> unsent,
            KnownDiagnoses known) {
        Guard guard = new Guard("diagnose");
        known.begin(observation.controllers(), observation.targets().keySet());
        ControllerSigns signs = new ControllerSigns(observation.controllers());
        List<Trace> traces = traces(observation, signs, guard, known);
        traces.forEach(trace -> trace.sign().ifPresent(signs::add));
        Backlog backlog = Backlog.of(traces).and(unsent);
        Faults before = desiredState.faults().and(observation.faults()).and(guard.faults());
        Map<Target, Diagnosis> diagnoses = new LinkedHashMap<>();
        observation.targets().forEach((target, seen) -> {
            Optional<DesiredBounds> desired = desiredState.of(target);
            OptionalInt minimum =
                    desired.map(found -> OptionalInt.of(found.bounds().min())).orElse(OptionalInt.empty());
            Function<Fault, Diagnosis> unknown =
                    fault -> Diagnosis.unknown(target, minimum, previous.of(target), fault);
            DiagnosisInput input = new DiagnosisInput(
                    seen,
                    observation.controllers(),
                    minimum,
                    desired,
                    desired.map(found -> found.schedule().checks()).orElse(Checks.DEFAULT),
                    previous.of(target),
                    Source.LIVE,
                    new Surroundings(
                            target,
                            observation.at(),
                            observation.observedUntil(target.namespace()),
                            () -> seen.rollout().flatMap(signs::last),
                            backlog));
            Supplier<Diagnosis> diagnosis = () -> known.of(input).orElseGet(() -> {
                Diagnosis made = diagnose(input);
                known.keep(input, made);
                return made;
            });
            diagnoses.put(
                    target, before.of(target).map(unknown).orElseGet(() -> guard.run(target, diagnosis, unknown)));
        });
        return new Diagnoses(observation.at(), TargetMap.copyOf(diagnoses), guard.faults());
    }

    /** A target that cannot be read says nothing of others. */
    private static List<Trace> traces(
            Observation observation, ControllerSigns signs, Guard guard, KnownDiagnoses known) {
        List<Trace> traces = new ArrayList<>(observation.targets().size());
        observation.targets().forEach((target, seen) -> {
            Supplier<Trace> made =
                    () -> new Trace(Carried.of(seen), seen.rollout().flatMap(signs::of));
            traces.add(guard.run(target, () -> known.trace(seen, made), fault -> Trace.NONE));
        });
        return traces;
    }

    /** A pure function of its arguments, which never throws, whatever the objects contain. */
    public static Diagnosis diagnose(DiagnosisInput input) {
        Chain chain = new Chain(input);
        RuleVerdict standing = Convergence.of(chain);
        Timing timing = Timing.of(chain, standing);
        State state = state(standing, timing);
        List<Explained> causes = causes(chain, standing, state);
        Progress progress = timing.progress();
        Optional<LackBefore> before = lackBefore(chain, state, causes, progress);
        return new Diagnosis(
                input.seen().target(),
                kind(chain),
                state,
                named(standing, causes),
                hop(standing, state),
                certainty(chain, standing, state, timing, causes),
                Summary.of(chain, standing, state, causes)
                        + before.map(lack -> "; " + lack.sentence(chain)).orElse(""),
                chain.minimum().desired(),
                chain.claimed(),
                chain.live(),
                and(evidence(chain, standing, causes), before.flatMap(lack -> lack.evidence(chain))),
                and(Notes.of(chain, state), before.map(lack -> Note.LACKED_BEFORE_STEP)),
                missing(chain, progress),
                advisories(chain),
                progress);
    }

    private static List<Advisory> advisories(Chain chain) {
        List<Advisory> advisories = new ArrayList<>(Advisories.of(chain.controllers(), chain.rollout()));
        PreviewLeftBehind.of(chain)
                .ifPresent(set -> advisories.add(Advisory.ofObject(
                        "the preview ReplicaSet " + set.meta().name() + " is left at " + set.specReplicas()
                                + " while the active ReplicaSet was given " + chain.replicas()
                                + ": after a promotion fewer pods would serve (" + PreviewLeftBehind.ISSUE + ")")));
        return List.copyOf(advisories);
    }

    /** Of a target that lacks pods now. */
    private static Optional<LackBefore> lackBefore(
            Chain chain, State state, List<Explained> causes, Progress progress) {
        return state == State.WAITING || state == State.AVAILABILITY_LAG
                ? LackBefore.of(
                        chain,
                        causes.stream().map(Explained::cause).toList(),
                        progress.step().reached())
                : Optional.empty();
    }

    private static <T> List<T> and(List<T> list, Optional<T> another) {
        return Stream.concat(list.stream(), another.stream()).toList();
    }

    private static State state(RuleVerdict standing, Timing timing) {
        if (standing.state().isConverged()) {
            return timing.isConfirmed() ? standing.state() : State.WAITING;
        }
        if (standing.state() != State.WAITING || !timing.isLate()) {
            return standing.state();
        }
        return standing.clock() == RuleVerdict.Clock.GRACE ? State.STALE_STATUS : State.AVAILABILITY_LAG;
    }

    private static List<Explained> causes(Chain chain, RuleVerdict standing, State state) {
        if (state == State.STALE_STATUS) {
            return Causes.ofStaleStatus(chain);
        }
        if (state == State.CONVERGED_UPDATING) {
            return Causes.ofRestart(chain);
        }
        boolean lags = !standing.serves() && (state == State.WAITING || state == State.AVAILABILITY_LAG);
        return lags || standing.cause().isPresent() ? Causes.ofLag(chain) : List.of();
    }

    private static List<Cause> named(RuleVerdict standing, List<Explained> causes) {
        Set<Cause> named = new LinkedHashSet<>();
        standing.cause().ifPresent(named::add);
        causes.forEach(found -> named.add(found.cause()));
        return List.copyOf(named);
    }

    private static Optional<Hop> hop(RuleVerdict standing, State state) {
        return state == State.WAITING && standing.serves() && standing.hop().isEmpty()
                ? Optional.of(Hop.POD)
                : standing.hop();
    }

    /**
     * Ready pods that are not available yet explain a lag only by their own times and minReadySeconds: a dump in which the count
     * is missing looks the same as a count that is left out at 0.
     */
    private static Certainty certainty(
            Chain chain, RuleVerdict standing, State state, Timing timing, List<Explained> causes) {
        boolean causeUnknown = state == State.AVAILABILITY_LAG
                && causes.isEmpty()
                && standing.cause().isEmpty()
                && !(standing.isAbout(Hop.POD) && UncountedPods.explain(chain));
        if (state == State.UNKNOWN || causeUnknown) {
            return Certainty.UNKNOWN;
        }
        boolean unseen = (chain.scaledObject().isEmpty() && !chain.isOfHpa())
                || (chain.hpa().isEmpty() && !KedaPause.isFull(chain));
        boolean likely = causes.stream()
                .findFirst()
                .filter(found -> found.certainty() != Certainty.CERTAIN)
                .isPresent();
        boolean parts = chain.input().seen().missing().stream().anyMatch(Lack::isPart);
        boolean isFollowed =
                chain.workload().filter(found -> !found.isFollowed()).isEmpty();
        return unseen || likely || parts || !isFollowed ? Certainty.LIKELY : timing.certainty();
    }

    private static String kind(Chain chain) {
        return chain.autoscaler()
                .filter(found -> found.kind() == AutoscalerKind.SCALED_OBJECT || chain.isOfHpa())
                .map(found -> found.kind().kind())
                .orElseGet(() -> chain.kind().toString());
    }

    private static List<Evidence> evidence(Chain chain, RuleVerdict standing, List<Explained> causes) {
        Set<Evidence> evidence = new LinkedHashSet<>(BlockEvidence.of(chain, standing));
        evidence.addAll(VerdictEvidence.of(chain, standing));
        causes.forEach(found -> evidence.addAll(found.evidence()));
        if (standing.isAbout(Hop.POD)) {
            evidence.addAll(UncountedPods.evidence(chain));
        }
        if (chain.live().isPresent() && chain.claimed().isPresent() && !chain.countersAgree()) {
            evidence.addAll(Disagreement.evidence(chain));
        }
        return new ArrayList<>(evidence);
    }

    /** Events are read only of a target that lags; for any other target they are not missing. */
    private static List<String> missing(Chain chain, Progress progress) {
        Set<String> missing = new TreeSet<>(chain.input().seen().missing());
        if (chain.input().isLive() && !progress.lags(chain.input().now())) {
            missing.remove("Event");
        }
        boolean noPodsToSee = chain.workload()
                        .filter(found -> !(found instanceof StatefulSetView))
                        .isPresent()
                && chain.canSee("ReplicaSet")
                && chain.sets().stream().allMatch(set -> set.replicas() == 0);
        if (noPodsToSee) {
            missing.remove("Pod");
        }
        if (missing.remove("HorizontalPodAutoscaler")) {
            missing.add("HPA");
        }
        if (chain.workload().isPresent() && chain.scaledObject().isEmpty() && !chain.isOfHpa()) {
            missing.add("ScaledObject");
        }
        if (chain.workload().isPresent() && chain.hpa().isEmpty()) {
            missing.add("HPA");
        }
        if (isBelievedUnseen(chain)) {
            missing.add("managedFields");
        }
        return List.copyOf(missing);
    }

    /** A dump without managedFields does not prove that we wrote our annotations; they count nevertheless. */
    private static boolean isBelievedUnseen(Chain chain) {
        return !chain.input().isLive()
                && chain.autoscaler()
                        .map(AutoscalerView::meta)
                        .filter(meta -> meta.writers().isEmpty()
                                && new OwnRecord(meta).applied().isPresent())
                        .isPresent();
    }
}
