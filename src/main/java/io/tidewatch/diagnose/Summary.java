package io.tidewatch.diagnose;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.UncountedPods;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The line that fits a lock screen: numbers first, then the cause. */
final class Summary {

    private static final Set<Cause> OVERWRITING = Set.of(Cause.REPLICAS_OVERWRITTEN, Cause.KEDA_FALLBACK);

    private Summary() {}

    static String of(Chain chain, RuleVerdict standing, State state, List<Explained> causes) {
        Optional<String> why = causes.stream()
                .findFirst()
                .filter(found -> standing.cause().isEmpty())
                .map(Explained::sentence);
        if (state == State.STALE_STATUS) {
            return standing.sentence()
                    + why.map(text -> ". " + (text.startsWith("the ") ? "T" + text.substring(1) : text))
                            .orElse("");
        }
        if (state == State.WAITING && standing.serves() && standing.hop().isEmpty()) {
            return standing.sentence() + ", waiting for a second pass that agrees";
        }
        if (why.isPresent() && state.isConverged()) {
            return standing.sentence() + ": " + why.get();
        }
        boolean aboutPods = standing.hop()
                .filter(hop -> hop == Hop.POD || hop == Hop.REPLICA_SET)
                .isPresent();
        if (why.isPresent() && (aboutPods || isOverwrittenBehindTheHpa(standing, causes))) {
            return Numbers.available(chain) + ", " + why.get() + held(causes);
        }
        if (why.isPresent()) {
            return standing.sentence() + ": " + why.get();
        }
        return state == State.AVAILABILITY_LAG && standing.cause().isEmpty()
                ? Stream.concat(Stream.of(standing.sentence()), unexplained(chain, standing).stream())
                        .collect(Collectors.joining(", "))
                : standing.sentence();
    }

    /** What an ordinal in trouble holds back, after its own trouble. */
    private static String held(List<Explained> causes) {
        return causes.stream()
                .skip(1)
                .filter(found -> found.cause() == Cause.ORDINAL_BLOCKED)
                .findFirst()
                .map(found -> "; " + found.sentence())
                .orElse("");
    }

    /** The hop at which a rescale is found on its way changes from pass to pass. */
    private static boolean isOverwrittenBehindTheHpa(RuleVerdict standing, List<Explained> causes) {
        return OVERWRITING.contains(causes.get(0).cause())
                && standing.hop().filter(hop -> hop.compareTo(Hop.HPA) > 0).isPresent();
    }

    /** A minimum other than the desired one was written by somebody, while the desired one was not. */
    private static String unwritten(Chain chain) {
        return chain.autoscaler()
                .flatMap(found -> found.meta().writers().stream()
                        .filter(FieldWriter::ownsMinimum)
                        .reduce((earlier, later) -> later))
                .map(writer -> "the minimum has not been written; the last writer was " + writer.manager()
                        + writer.time().map(at -> " at " + at).orElse(""))
                .orElse("the minimum has not been written");
    }

    /** The text about pods that show no trouble; where nothing is known of them, the causes that are ruled out. */
    private static List<String> unexplained(Chain chain, RuleVerdict standing) {
        boolean isUnwritten = !chain.minimum().isRight() || chain.autoscalerHop() == Hop.SCALED_OBJECT;
        if (isUnwritten && standing.hop().filter(chain.autoscalerHop()::equals).isPresent()) {
            return List.of(unwritten(chain));
        }
        boolean aboutPods = standing.hop().filter(Hop.POD::equals).isPresent();
        int starting = aboutPods ? chain.startingPods() : 0;
        int unplaced = aboutPods ? chain.unplacedPods() : 0;
        List<String> known = new ArrayList<>();
        if (starting > 0) {
            known.add(ControllerMessages.pods(starting) + (starting == 1 ? " is" : " are") + " starting");
        }
        int withoutStatus = aboutPods ? chain.podsWithoutStatus() : 0;
        if (withoutStatus > 0) {
            known.add("the kubelet has reported nothing about " + ControllerMessages.pods(withoutStatus));
        }
        if (unplaced > 0) {
            known.add("the scheduler has reported nothing about " + ControllerMessages.pods(unplaced));
        }
        boolean young = aboutPods && UncountedPods.explain(chain);
        if (known.isEmpty() && !young) {
            known.add("cause unknown"
                    + standing.hop().map(hop -> RuledOut.of(chain, hop)).orElse(""));
        }
        chain.lastWarning()
                .filter(event -> standing.hop()
                        .filter(hop -> hop.compareTo(Hop.REPLICA_SET) >= 0)
                        .isPresent())
                .ifPresent(event ->
                        known.add("last Event " + event.reason() + ": " + ControllerMessages.brief(event.message())));
        return known;
    }
}
