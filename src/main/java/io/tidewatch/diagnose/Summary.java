package io.tidewatch.diagnose;

import io.tidewatch.model.Hop;
import io.tidewatch.model.State;
import java.util.List;
import java.util.Optional;

/** The line that fits a lock screen: numbers first, then the cause. */
final class Summary {

    private Summary() {}

    static String of(Chain chain, Standing standing, State state, List<Explained> causes) {
        Optional<String> why = causes.stream()
                .findFirst()
                .filter(found -> standing.cause().isEmpty())
                .map(Explained::says);
        if (state == State.STALE_STATUS) {
            return standing.says()
                    + why.map(text -> ". " + (text.startsWith("the ") ? "T" + text.substring(1) : text))
                            .orElse("");
        }
        if (state == State.WAITING && standing.serves() && standing.hop().isEmpty()) {
            return standing.says() + ", waiting for a second look that agrees";
        }
        if (why.isPresent() && state.isConverged()) {
            return standing.says() + ": " + why.get();
        }
        boolean aboutPods = standing.hop()
                .filter(hop -> hop == Hop.POD || hop == Hop.REPLICA_SET)
                .isPresent();
        if (why.isPresent() && aboutPods) {
            return Numbers.available(chain) + ", " + why.get();
        }
        if (why.isPresent()) {
            return standing.says() + ": " + why.get();
        }
        return state == State.AVAILABILITY_LAG && standing.cause().isEmpty()
                ? standing.says() + ", " + starting(chain, standing)
                : standing.says();
    }

    /** A pod that has its node and no trouble is on its way; without such pods the cause is unknown. */
    private static String starting(Chain chain, Standing standing) {
        int starting = standing.hop().filter(Hop.POD::equals).isEmpty() ? 0 : chain.startingPods();
        return starting > 0
                ? Words.pods(starting) + (starting == 1 ? " is" : " are") + " starting"
                : "cause unknown"
                        + standing.hop().map(hop -> RuledOut.of(chain, hop)).orElse("");
    }
}
