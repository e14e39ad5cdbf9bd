package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ProcessMark;
import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.OwnRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether another process writes as the same instance without this one's consent: without an election one that started later,
 * or one that is elected; in an election one that takes no part. Two writes of it are the proof, for one may be a write that was under way
 * when it ended. What was written before the first look counts for nothing.
 */
public final class RivalStage {

    /** So many different writes of a rival are seen before it is reported. */
    private static final int WRITES = 2;

    private final String instance;
    private final ProcessMark own;
    private final boolean looks;
    private final Rivals rivals;

    /** When each object had been written at the first look at it. */
    private final Map<Target, Optional<Instant>> before = new HashMap<>();

    /** The writes of rivals that were seen, while there are fewer than {@link #WRITES}. */
    private final Set<Write> seen = new HashSet<>();

    private boolean found;

    /** What is to be done about a rival. */
    public interface Rivals {

        /** Whether this process takes part in an election. */
        boolean isElected();

        /** @param rival what its writes say of it */
        void found(String rival);
    }

    private record Write(Target target, Optional<Instant> at) {}

    /** @param looks whether rivals matter: this process writes at all */
    public RivalStage(String instance, ProcessMark own, boolean looks, Rivals rivals) {
        this.instance = instance;
        this.own = own;
        this.looks = looks;
        this.rivals = rivals;
    }

    /** Looks for writes of a rival at the live objects of a pass. */
    public Pass look(Pass pass) {
        if (looks && !found) {
            boolean isElected = rivals.isElected();
            before.keySet().retainAll(pass.observation().targets().keySet());
            pass.observation()
                    .targets()
                    .forEach((target, seen) -> seen.autoscaler().ifPresent(live -> look(target, live, isElected)));
        }
        return pass;
    }

    private void look(Target target, AutoscalerView live, boolean isElected) {
        OwnRecord record = new OwnRecord(live.meta());
        Optional<Instant> at = record.appliedAt();
        boolean isOld = before.computeIfAbsent(target, first -> at).equals(at);
        Optional<String> rival = isOld || !record.isOf(instance) ? Optional.empty() : rival(record, isElected);
        if (rival.isPresent() && !found) {
            seen.add(new Write(target, at));
            if (seen.size() == WRITES) {
                found = true;
                rivals.found(rival.get());
            }
        }
    }

    private Optional<String> rival(OwnRecord record, boolean isElected) {
        Optional<ProcessMark> process =
                record.process().filter(mark -> !mark.id().equals(own.id()));
        if (isElected) {
            return process.map(ProcessMark::text);
        }
        return process.filter(mark -> mark.isYoungerThan(own))
                .map(ProcessMark::text)
                .or(() -> record.meta().annotation(Annotations.TERM).map(term -> "an elected leader in term " + term));
    }
}
