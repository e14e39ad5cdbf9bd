package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evaluates the rules in order, from the ScaledObject to the pods. A target that passes them all serves, and rule G is left. */
public final class Convergence {

    private static final Rule CONTACT = new ApiServerRule();

    private static final Rule NUMBERS = new NumbersRule();

    /** What a person or another writer has stopped, or a controller rejects, is so whatever the numbers of its specs are. */
    private static final Set<State> WITHOUT_NUMBERS = Set.of(State.FAILED, State.CONFLICT, State.DEFERRED);

    private static final List<Rule> UP_TO_THE_AUTOSCALER =
            List.of(new PresenceRule(), new InvalidSpecRule(), new PauseRule(), new AutoscalerRule());

    private Convergence() {}

    public static RuleVerdict of(Chain chain) {
        return CONTACT.judge(chain).orElseGet(() -> seen(chain));
    }

    /** The next command of each cause that a rule names. */
    public static Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Stream.of(Stream.of(CONTACT), UP_TO_THE_AUTOSCALER.stream(), WorkloadRules.all())
                .flatMap(rules -> rules)
                .flatMap(rule -> rule.nextCommands().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static RuleVerdict seen(Chain chain) {
        RuleVerdict standing = first(UP_TO_THE_AUTOSCALER, chain)
                .or(() -> first(WorkloadRules.of(chain).rules(), chain))
                .orElseGet(() -> onRamp(chain, WorkloadRules.of(chain).serving(chain)));
        Optional<RuleVerdict> unread =
                WITHOUT_NUMBERS.contains(standing.state()) ? Optional.empty() : NUMBERS.judge(chain);
        return standing.state() == State.UNKNOWN
                ? lackOf(chain).or(() -> unread).orElse(standing)
                : unread.orElse(standing);
    }

    private static Optional<RuleVerdict> first(List<Rule> rules, Chain chain) {
        return rules.stream()
                .map(rule -> rule.judge(chain))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Missing pods are visible without the ScaledObject or the HPA; convergence is not. */
    private static Optional<RuleVerdict> lackOf(Chain chain) {
        boolean isRaised = chain.workload().filter(Workload::isFollowed).isPresent()
                && chain.replicas() >= chain.minimum().counts();
        return isRaised
                ? first(WorkloadRules.of(chain).rules(), chain).filter(found -> found.state() != State.UNKNOWN)
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
}
