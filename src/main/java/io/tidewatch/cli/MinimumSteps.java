package io.tidewatch.cli;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Difference;
import io.tidewatch.model.plan.Plan;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The change of a minimum that belongs to a planned write: also where a whole ScaledObject is applied, whose other fields go
 * first and whose minimum follows in the next pass.
 *
 * @param later the steps that follow an apply, by target
 */
record MinimumSteps(Map<Target, Action.SetMinReplicas> later) {

    static final MinimumSteps NONE = new MinimumSteps(Map.of());

    /** @param from absent where no minimum is written yet */
    record Step(OptionalInt from, int to) {}

    /** @param minimumsOnly the plan for the same instant, of sources that apply nothing */
    static MinimumSteps of(Plan minimumsOnly) {
        return new MinimumSteps(minimumsOnly.actions().stream()
                .filter(Action.SetMinReplicas.class::isInstance)
                .map(Action.SetMinReplicas.class::cast)
                .filter(Action.SetMinReplicas::movesMinimum)
                .collect(Collectors.toUnmodifiableMap(
                        Action.SetMinReplicas::target, Function.identity(), (first, second) -> first)));
    }

    static boolean appliesAutoscaler(Action action) {
        return action instanceof Action.ApplyManifest apply
                && AutoscalerKind.of(apply.key().kind()).isPresent();
    }

    Optional<Step> of(Action action) {
        if (action instanceof Action.SetMinReplicas set) {
            return Optional.of(new Step(set.from(), set.to()));
        }
        return action instanceof Action.ApplyManifest apply && appliesAutoscaler(action)
                ? inItself(apply).or(() -> following(action).map(next -> new Step(next.from(), next.to())))
                : Optional.empty();
    }

    /** The reason of the write, with the minimum that its object gets. */
    String reason(Action action) {
        if (!(action instanceof Action.ApplyManifest apply) || !appliesAutoscaler(action)) {
            return action.reason();
        }
        Optional<Step> own = inItself(apply);
        if (own.isPresent()) {
            return action.reason() + "; it carries the minimum " + words(own.get());
        }
        return action.reason()
                + following(action)
                        .map(next -> "; the next pass sets the minimum " + words(new Step(next.from(), next.to()))
                                + ": " + next.reason())
                        .orElse("");
    }

    private Optional<Action.SetMinReplicas> following(Action action) {
        return Optional.ofNullable(later.get(action.target()));
    }

    private static Optional<Step> inItself(Action.ApplyManifest apply) {
        String field = AutoscalerKind.of(apply.key().kind()).orElseThrow().minimum();
        if (!(apply.body().get("spec") instanceof Map<?, ?> spec) || !(spec.get(field) instanceof Number minimum)) {
            return Optional.empty();
        }
        if (apply.on().isEmpty()) {
            return Optional.of(new Step(OptionalInt.empty(), minimum.intValue()));
        }
        return apply.differences().stream()
                .filter(difference -> difference.path().equals(".spec." + field))
                .findFirst()
                .map(difference -> new Step(live(difference), minimum.intValue()));
    }

    private static OptionalInt live(Difference difference) {
        return difference.live().filter(text -> text.matches("[0-9]{1,9}")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private static String words(Step step) {
        return (step.from().isPresent() ? step.from().getAsInt() + " → " : "") + step.to();
    }
}
