package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.ArgoClaim;
import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.OpenStep;
import io.tidewatch.diagnose.chain.PreviewLeftBehind;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.Counters;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evaluates the rules in order, from the ScaledObject to the pods. A target that passes them all serves, and rule G is left. */
public final class Convergence {

    private static final Rule CONTACT = new ApiServerRule();

    private static final List<Rule> BEHIND_THE_AUTOSCALER =
            List.of(new WrittenRule(), new ObservedRule(), new ReplicaSetRule(), new ServingRule());

    private static final List<Rule> RULES = Stream.concat(
                    Stream.of(new PresenceRule(), new InvalidSpecRule(), new PauseRule(), new AutoscalerRule()),
                    BEHIND_THE_AUTOSCALER.stream())
            .toList();

    private Convergence() {}

    public static RuleVerdict of(Chain chain) {
        return CONTACT.judge(chain).orElseGet(() -> seen(chain));
    }

    /** The next command of each cause that a rule names. */
    public static Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Stream.concat(Stream.of(CONTACT), RULES.stream())
                .flatMap(rule -> rule.nextCommands().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static RuleVerdict seen(Chain chain) {
        RuleVerdict standing = first(RULES, chain).orElseGet(() -> onRamp(chain, serving(chain)));
        return standing.state() == State.UNKNOWN ? lackOf(chain).orElse(standing) : standing;
    }

    private static Optional<RuleVerdict> first(List<Rule> rules, Chain chain) {
        return rules.stream()
                .map(rule -> rule.judge(chain))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Missing pods are visible without the ScaledObject or the HPA; convergence is not. */
    private static Optional<RuleVerdict> lackOf(Chain chain) {
        boolean isRaised = chain.rollout().isPresent()
                && chain.replicas() >= chain.minimum().counts();
        return isRaised
                ? first(BEHIND_THE_AUTOSCALER, chain).filter(found -> found.state() != State.UNKNOWN)
                : Optional.empty();
    }

    /** A step of a ramp that serves is not the end of the ramp. */
    private static RuleVerdict onRamp(Chain chain, RuleVerdict serving) {
        if (!serving.state().isConverged()) {
            return serving;
        }
        return chain.input()
                .scheduled()
                .flatMap(desired -> desired.ramp()
                        .filter(step -> step.bounds().min() != desired.goal().min())
                        .map(step -> RuleVerdict.onRamp(
                                serving.sentence() + "; the ramp from "
                                        + step.origin() + " to "
                                        + desired.goal().min() + " is at "
                                        + step.bounds().min()
                                        + step.next()
                                                .map(next -> ", next step at " + next.truncatedTo(ChronoUnit.SECONDS))
                                                .orElse(""),
                                step.next())))
                .orElse(serving);
    }

    /** Rule G. */
    private static RuleVerdict serving(Chain chain) {
        if (!chain.areCountersReadable()) {
            return RuleVerdict.unknown("the counters of its status or of its ReplicaSets cannot be read");
        }
        Optional<ReplicaSetView> open = OpenStep.by(chain).filter(set -> OpenStep.waits(chain, set));
        if (open.isPresent() && (OpenStep.ofAborted(chain).isPresent() || !chain.countersAgree())) {
            return RuleVerdict.keptOpen(
                    Numbers.available(chain) + ", " + OpenStep.sentence(chain, open.get()),
                    OpenStep.waitsUntil(chain, open.get()));
        }
        if (!chain.countersAgree()) {
            return RuleVerdict.disagrees(serve(chain) + ", Rollout.status still says " + claim(chain));
        }
        String numbers = Numbers.available(chain);
        RolloutView rollout = chain.rollout().orElseThrow();
        if (rollout.status().aborted()) {
            return RuleVerdict.converged(State.CONVERGED_ABORTED, numbers + ", the Rollout is aborted");
        }
        String claim =
                ArgoClaim.degraded(chain).map(found -> "; " + found.sentence()).orElse("");
        String disproven = claim.isEmpty() ? "" : claim + "; the pods prove otherwise";
        if (rollout.paused() || !rollout.status().pauseReasons().isEmpty()) {
            return RuleVerdict.converged(
                    State.CONVERGED_PAUSED, numbers + ", the Rollout is paused" + leftBehind(chain) + disproven);
        }
        if (!chain.isPromoted() && chain.replicas() > 0) {
            return RuleVerdict.converged(
                    State.CONVERGED_UPDATING, numbers + ", an update is in flight" + leftBehind(chain) + claim);
        }
        return chain.isRestarting()
                ? RuleVerdict.converged(State.CONVERGED_UPDATING, numbers + ", a restart is under way" + disproven)
                : RuleVerdict.converged(State.CONVERGED, numbers + disproven);
    }

    private static String leftBehind(Chain chain) {
        return PreviewLeftBehind.of(chain)
                .map(set -> "; preview ReplicaSet " + set.meta().name() + " is left at " + set.specReplicas() + " ("
                        + PreviewLeftBehind.ISSUE + ")")
                .orElse("");
    }

    private static String serve(Chain chain) {
        int extra = chain.available() - chain.replicas();
        return Math.min(chain.available(), chain.replicas()) + " of " + chain.replicas() + " pods serve"
                + (extra > 0 ? ", " + extra + " more" : "");
    }

    private static String claim(Chain chain) {
        Counters claimed = chain.claimed().orElse(Counters.ZERO);
        String phase = chain.rollout().map(found -> found.status().phase()).orElse("");
        return claimed.availableReplicas() + " of " + claimed.replicas() + (phase.isEmpty() ? "" : " and " + phase);
    }
}
