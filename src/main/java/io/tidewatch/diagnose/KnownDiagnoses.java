package io.tidewatch.diagnose;

import io.tidewatch.diagnose.chain.DiagnosisInput;
import io.tidewatch.diagnose.chain.Surroundings;
import io.tidewatch.diagnose.chain.Surroundings.Asked;
import io.tidewatch.diagnose.chain.Trace;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Diagnoses of earlier passes with what they were made of, so that a target of which nothing has changed is not diagnosed again.
 *
 * <p>A diagnosis is kept where it equals the one before it: made again of the same objects, and with itself as the memory, it
 * would be the same, as long as its {@link Surroundings} answer alike what it asked them. So no pass finds anything else because
 * of what is kept here. Not safe from several threads: there is one pass at a time.
 */
public final class KnownDiagnoses {

    private final Map<Target, Traced> traces = new HashMap<>();
    private final Map<Target, Settled> settled = new HashMap<>();
    private List<ControllerView> controllers = List.of();

    private record Traced(TargetObservation seen, Trace trace) {}

    private record Settled(TargetObservation seen, Optional<DesiredBounds> desired, Diagnosis diagnosis, Asked asked) {

        @SuppressWarnings("ReferenceEquality") // to compare objects and diagnoses is what is saved
        boolean isOf(DiagnosisInput input) {
            return seen == input.seen()
                    && input.previous().filter(before -> before == diagnosis).isPresent()
                    && desired.equals(input.scheduled())
                    && asked.isAnsweredLikeBy(input.around());
        }
    }

    /** Begins a pass. With other controllers nothing that is kept counts. */
    void begin(List<ControllerView> seen, Set<Target> targets) {
        if (!controllers.equals(seen)) {
            traces.clear();
            settled.clear();
            controllers = seen;
        }
        if (traces.size() > targets.size() || settled.size() > targets.size()) {
            traces.keySet().retainAll(targets);
            settled.keySet().retainAll(targets);
        }
    }

    /** What a target says of others; made anew where its objects are not those of before. */
    @SuppressWarnings("ReferenceEquality")
    Trace trace(TargetObservation seen, Supplier<Trace> made) {
        Traced last = traces.get(seen.target());
        if (last != null && last.seen() == seen) {
            return last.trace();
        }
        Trace trace = made.get();
        traces.put(seen.target(), new Traced(seen, trace));
        return trace;
    }

    /** The diagnosis that would be made of this input, where it is known without making it. */
    Optional<Diagnosis> of(DiagnosisInput input) {
        return Optional.ofNullable(settled.get(input.seen().target()))
                .filter(last -> last.isOf(input))
                .map(Settled::diagnosis);
    }

    /** Keeps a diagnosis that was made of this input a moment ago. */
    void keep(DiagnosisInput input, Diagnosis made) {
        Target target = input.seen().target();
        if (input.previous().filter(made::equals).isPresent()) {
            settled.put(
                    target,
                    new Settled(
                            input.seen(),
                            input.scheduled(),
                            made,
                            input.around().asked()));
        } else {
            settled.remove(target);
        }
    }
}
