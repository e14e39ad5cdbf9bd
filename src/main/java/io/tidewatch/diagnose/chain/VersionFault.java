package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.Version;
import io.tidewatch.model.diagnosis.Advisory.Upgrade;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A known fault of some versions of a controller.
 *
 * @param first the first version that has it
 * @param last the last one; absent while it is open
 * @param concerned the Rollouts that the fault concerns
 * @param text what happens, the issue, and where it is fixed
 * @param upgrade the version that ends it, where a diagnosis can name the fault as its cause
 */
record VersionFault(
        String controller,
        String id,
        Version first,
        Optional<Version> last,
        Concerned concerned,
        String text,
        Optional<Upgrade> upgrade) {

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
     * @param value FIRST..LAST | text, with a word after LAST for the Rollouts, and {@code | CAUSE: upgrade} at the end */
    static VersionFault parse(String key, String value) {
        int dot = key.indexOf('.');
        String[] parts = value.split(" {0,9}\\| {0,9}", 3);
        String[] versions = parts[0].trim().split("\\.\\.", 2);
        String[] end = versions[1].split(" +", 2);
        return new VersionFault(
                key.substring(0, dot),
                key.substring(dot + 1),
                Version.parse(versions[0]).orElseThrow(),
                end[0].equals("*")
                        ? Optional.empty()
                        : Optional.of(Version.parse(end[0]).orElseThrow()),
                Concerned.parse(end.length == 1 ? "" : end[1]),
                parts[1].trim(),
                parts.length == 2 ? Optional.empty() : Optional.of(upgrade(parts[2].trim())));
    }

    private static Upgrade upgrade(String text) {
        int colon = text.indexOf(": ");
        String word = text.substring(0, Math.max(0, colon));
        return Stream.of(Cause.values())
                .filter(cause -> cause.word().equals(word))
                .findFirst()
                .map(cause -> new Upgrade(cause, text.substring(colon + 2)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "advisories.properties: \"" + text + "\" does not begin with a cause and a colon"));
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
