package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.OrphanPast;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whether a source once defined the baseline that an object without a schedule claims. What this process applied itself it
 * knows from memory. Other claims are looked up in the mirror on another thread, and the pass after the lookup gets the answer.
 * Safe from any thread.
 */
public final class OrphanHistory implements OrphanPast {

    private static final int KEPT = 10_000;
    private static final Logger log = LoggerFactory.getLogger(OrphanHistory.class);

    private final Mirrors mirrors;
    private final Executor background;
    private final PassRequest passes;
    private final Map<Target, DesiredBounds> unscheduled = bounded();
    private final Map<PastBaseline, Answer> answers = bounded();
    private final Map<Target, PastBaseline> restored = bounded();
    private final Map<Target, PastBaseline> claims = bounded();
    private final Set<PastBaseline> lookUps = new HashSet<>();
    private Definitions definitions = Definitions.NONE;
    private Map<Target, DesiredBounds> desired = Map.of();

    /** The mirrors of the sources. */
    @FunctionalInterface
    public interface Mirrors {

        /** Looks a claim up in the mirror of its source. May take long, and may throw. */
        Answer lookUp(PastBaseline claim);
    }

    /**
     * @param background runs one lookup at a time; where it rejects one, a later pass tries again
     * @param passes requested when there is a new answer
     */
    public OrphanHistory(Mirrors mirrors, Executor background, PassRequest passes) {
        this.mirrors = mirrors;
        this.background = background;
        this.passes = passes;
    }

    @Override
    public synchronized Answer answer(PastBaseline claim) {
        claims.put(claim.target(), claim);
        DesiredBounds before =
                Optional.ofNullable(desired.get(claim.target())).orElseGet(() -> unscheduled.get(claim.target()));
        if (before != null
                && before.commit().source().equals(claim.source())
                && before.baseline().equals(claim.baseline())) {
            return Answer.HELD;
        }
        Answer known = answers.get(claim);
        if (known == null) {
            startLookUp(claim);
        }
        return known == null ? Answer.NOT_YET_KNOWN : known;
    }

    @Override
    public synchronized boolean isRestored(PastBaseline claim) {
        claims.put(claim.target(), claim);
        return claim.equals(restored.get(claim.target()));
    }

    /** Remembers at the end of a pass the desired bounds, and which objects were restored. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public synchronized Pass remember(Pass pass) {
        if (pass.definitions() != definitions) {
            desired.forEach((target, before) -> {
                if (!pass.desired().desired().containsKey(target)) {
                    unscheduled.put(target, before);
                }
            });
            definitions = pass.definitions();
        }
        desired = pass.desired().desired();
        for (Outcome outcome : pass.outcomes()) {
            Target target = outcome.action().target();
            if (outcome instanceof Outcome.Done
                    && outcome.action() instanceof Action.SetMinReplicas
                    && !desired.containsKey(target)
                    && claims.containsKey(target)) {
                restored.put(target, claims.get(target));
            }
        }
        return pass;
    }

    private void startLookUp(PastBaseline claim) {
        if (!lookUps.add(claim)) {
            return;
        }
        try {
            background.execute(() -> lookUp(claim));
        } catch (RejectedExecutionException later) {
            lookUps.remove(claim);
        }
    }

    private void lookUp(PastBaseline claim) {
        Optional<Answer> found = Optional.empty();
        try {
            found = Optional.of(mirrors.lookUp(claim));
        } catch (RuntimeException | StackOverflowError unknown) {
            log.warn("the history of source {} could not be read for {}", claim.source(), claim.target(), unknown);
        } finally {
            keep(claim, found.orElse(Answer.CANNOT_TELL));
        }
        passes.request();
    }

    private synchronized void keep(PastBaseline claim, Answer answer) {
        lookUps.remove(claim);
        answers.put(claim, answer);
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT;
            }
        };
    }
}
