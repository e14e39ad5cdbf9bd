package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.Version;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A known fault of some versions of a controller.
 *
 * @param first the first version that has it
 * @param last the last one; absent while it is open
 * @param concerned the Rollouts that the fault concerns
 */
record Advisory(String controller, String id, Version first, Optional<Version> last, Concerned concerned, String text) {

    /** Which Rollouts a fault concerns, by a word of the table. */
    enum Concerned {
        ALL("", rollout -> true),
        BLUE_GREEN("blueGreen", rollout -> rollout.strategy() instanceof Strategy.BlueGreen),
        /** HPAReplicas counts the canary's pods too: with traffic routing, and without dynamicStableScale. */
        ROUTED_CANARY(
                "routedCanary",
                rollout -> rollout.strategy() instanceof Strategy.Canary canary
                        && canary.trafficRouted()
                        && !canary.dynamicStableScale()),
        WORKLOAD_REF("workloadRef", RolloutView::usesWorkloadRef);

        private final String word;

        @SuppressWarnings("ImmutableEnumChecker") // the predicates keep nothing
        private final Predicate<RolloutView> which;

        Concerned(String word, Predicate<RolloutView> which) {
            this.word = word;
            this.which = which;
        }

        static Concerned parse(String word) {
            return Stream.of(values())
                    .filter(one -> one.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("advisories.properties: no Rollouts are called \""
                            + word + "\"; use blueGreen, routedCanary, workloadRef or nothing"));
        }
    }

    /** @param key CONTROLLER.ID
     * @param value FIRST..LAST | text, or FIRST..LAST CONCERNED | text */
    static Advisory parse(String key, String value) {
        int dot = key.indexOf('.');
        int bar = value.indexOf('|');
        int dots = value.indexOf("..");
        String[] end = value.substring(dots + 2, bar).trim().split(" +", 2);
        return new Advisory(
                key.substring(0, dot),
                key.substring(dot + 1),
                Version.parse(value.substring(0, dots).trim()).orElseThrow(),
                end[0].equals("*")
                        ? Optional.empty()
                        : Optional.of(Version.parse(end[0]).orElseThrow()),
                Concerned.parse(end.length == 1 ? "" : end[1]),
                value.substring(bar + 1).trim());
    }

    boolean concerns(String name, Version version) {
        return controller.equals(name)
                && version.compareTo(first) >= 0
                && last.filter(end -> version.compareTo(end) > 0).isEmpty();
    }

    /** Whether it concerns this Rollout; where none was observed, it may. */
    boolean mayConcern(Optional<RolloutView> rollout) {
        return rollout.map(concerned.which::test).orElse(true);
    }
}
