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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers from memory whether a source wanted a baseline once. What this process carried out itself is known; of the rest the
 * mirror is asked, beside the passes, and the pass after the answer knows it. Safe from any thread.
 */
public final class OrphanHistory implements OrphanPast {

    private static final int KEPT = 10_000;
    private static final Logger log = LoggerFactory.getLogger(OrphanHistory.class);

    private final Function<PastBaseline, Answer> mirrors;
    private final Executor beside;
    private final Runnable answered;
    private final Map<Target, DesiredBounds> left = bounded();
    private final Map<PastBaseline, Answer> answers = bounded();
    private final Map<Target, PastBaseline> restored = bounded();
    private final Map<Target, PastBaseline> asked = bounded();
    private final Set<PastBaseline> underWay = new HashSet<>();
    private Definitions definitions = Definitions.NONE;
    private Map<Target, DesiredBounds> wanted = Map.of();

    /**
     * @param mirrors looks a claim up in the mirror of its source; may take long, and may throw
     * @param beside runs that, one at a time; may refuse, and is asked again by a later pass
     * @param answered called when there is a new answer, so that a pass looks again
     */
    public OrphanHistory(Function<PastBaseline, Answer> mirrors, Executor beside, Runnable answered) {
        this.mirrors = mirrors;
        this.beside = beside;
        this.answered = answered;
    }

    @Override
    public synchronized Answer answer(PastBaseline claim) {
        asked.put(claim.target(), claim);
        DesiredBounds before =
                Optional.ofNullable(wanted.get(claim.target())).orElseGet(() -> left.get(claim.target()));
        if (before != null
                && before.commit().source().equals(claim.source())
                && before.baseline().equals(claim.baseline())) {
            return Answer.HELD;
        }
        Answer known = answers.get(claim);
        if (known == null) {
            ask(claim);
        }
        return known == null ? Answer.NOT_YET_KNOWN : known;
    }

    @Override
    public synchronized boolean isRestored(PastBaseline claim) {
        asked.put(claim.target(), claim);
        return claim.equals(restored.get(claim.target()));
    }

    /** Learns from the end of a pass what schedules wanted, and which objects were restored. */
    @SuppressWarnings("ReferenceEquality") // the same definitions again are the same object; comparing them costs more
    public synchronized Pass learn(Pass pass) {
        if (pass.definitions() != definitions) {
            wanted.forEach((target, before) -> {
                if (!pass.agenda().wanted().containsKey(target)) {
                    left.put(target, before);
                }
            });
            definitions = pass.definitions();
        }
        wanted = pass.agenda().wanted();
        for (Outcome outcome : pass.outcomes()) {
            Target target = outcome.action().target();
            if (outcome instanceof Outcome.Done
                    && outcome.action() instanceof Action.SetMinReplicas
                    && !wanted.containsKey(target)
                    && asked.containsKey(target)) {
                restored.put(target, asked.get(target));
            }
        }
        return pass;
    }

    private void ask(PastBaseline claim) {
        if (!underWay.add(claim)) {
            return;
        }
        try {
            beside.execute(() -> look(claim));
        } catch (RejectedExecutionException later) {
            underWay.remove(claim);
        }
    }

    private void look(PastBaseline claim) {
        Optional<Answer> found = Optional.empty();
        try {
            found = Optional.of(mirrors.apply(claim));
        } catch (RuntimeException | StackOverflowError unknown) {
            log.warn("the history of source {} could not be read for {}", claim.source(), claim.target(), unknown);
        } finally {
            keep(claim, found.orElse(Answer.CANNOT_TELL));
        }
        answered.run();
    }

    private synchronized void keep(PastBaseline claim, Answer answer) {
        underWay.remove(claim);
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
