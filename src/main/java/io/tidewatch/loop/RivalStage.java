package io.tidewatch.loop;

import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.ProcessMark;
import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.OwnRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out, where there is no election, whether another process writes as the same instance. Two writes of a process that started
 * later are the proof: one may be a write that this process has replaced since.
 */
public final class RivalStage {

    /** So many different writes of a younger process are seen before this one stands down. */
    private static final int WRITES = 2;

    private final String instance;
    private final ProcessMark own;
    private final Rivals rivals;

    /** The writes of younger processes that were seen, while there are fewer than {@link #WRITES}. */
    private final Set<Write> seen = new HashSet<>();

    /** What is to be done about a rival. */
    public interface Rivals {

        /** Whether rivals are looked for: there is no election, and none was found yet. */
        boolean areLookedFor();

        /** This process must write nothing any more. */
        void found(ProcessMark rival);
    }

    private record Write(String namespace, String name, Optional<Instant> at) {}

    public RivalStage(String instance, ProcessMark own, Rivals rivals) {
        this.instance = instance;
        this.own = own;
        this.rivals = rivals;
    }

    /** Looks for writes of a younger process at the live objects of a pass. */
    public Pass look(Pass pass) {
        if (!rivals.areLookedFor()) {
            return pass;
        }
        pass.observation().targets().values().stream()
                .flatMap(target -> target.autoscaler().stream())
                .forEach(this::look);
        return pass;
    }

    private void look(AutoscalerView live) {
        OwnRecord record = new OwnRecord(live.meta());
        Optional<ProcessMark> rival = record.process().filter(mark -> record.isOf(instance) && isRival(mark));
        if (rival.isPresent() && seen.size() < WRITES) {
            seen.add(new Write(live.meta().namespace(), live.meta().name(), record.appliedAt()));
            if (seen.size() == WRITES) {
                rivals.found(rival.get());
            }
        }
    }

    private boolean isRival(ProcessMark mark) {
        return !mark.id().equals(own.id()) && mark.isYoungerThan(own);
    }
}
