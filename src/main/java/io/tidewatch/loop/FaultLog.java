package io.tidewatch.loop;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the stack trace of each internal error at ERROR with its id: once for as long as the error lasts, however many passes
 * and targets have it, and again when it comes back.
 */
public final class FaultLog {

    private static final Logger log = LoggerFactory.getLogger(FaultLog.class);

    /** The number of ids that get a stack trace of their own at the same time. */
    private static final int MOST_AT_ONCE = 100;

    private static final int TARGETS_NAMED = 3;

    private final Set<String> lasting = new HashSet<>();

    /**
     * Logs the stack trace of a fault, whether it was logged before or not.
     *
     * @param where the stage or the route, and the targets if there are any
     */
    public static void trace(Fault fault, String where) {
        log.error("internal error {} in {}: {}", fault.id(), where, fault.message(), fault.thrown());
    }

    /** Logs the faults that are new. */
    public synchronized void met(Faults faults) {
        faults.byTarget().values().stream().flatMap(Collection::stream).forEach(fault -> {
            if (lasting.size() < MOST_AT_ONCE && lasting.add(fault.id())) {
                trace(fault, fault.stage() + " of " + targets(faults, fault));
            }
        });
    }

    /** Logs the faults that are new, and forgets those that this pass did not meet. To be called with all faults of a pass. */
    public synchronized void settled(Faults faults) {
        met(faults);
        lasting.retainAll(faults.all().map(Fault::id).collect(Collectors.toSet()));
    }

    private static String targets(Faults faults, Fault fault) {
        List<String> targets = faults.byTarget().entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().anyMatch(met -> met.id().equals(fault.id())))
                .map(entry -> entry.getKey().toString())
                .toList();
        return String.join(", ", targets.subList(0, Math.min(TARGETS_NAMED, targets.size())))
                + (targets.size() > TARGETS_NAMED ? " and " + (targets.size() - TARGETS_NAMED) + " more" : "");
    }
}
